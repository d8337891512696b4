/** Every screen looked at: pictures, room, accessibility, keyboard, print, and a strict content security policy. */
@NullMarked
package io.github.backupcodes.screens;

import org.jspecify.annotations.NullMarked;
