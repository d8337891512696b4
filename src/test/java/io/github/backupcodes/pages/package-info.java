/** Page objects: what a person sees and does on each page, so that the tests read as sentences. */
@NullMarked
package io.github.backupcodes.pages;

import org.jspecify.annotations.NullMarked;
