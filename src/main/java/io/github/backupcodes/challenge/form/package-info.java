/** The page on which a code that was sent is entered, whatever it is for and however it was sent. */
@NullMarked
package io.github.backupcodes.challenge.form;

import org.jspecify.annotations.NullMarked;
