/** The demo that {@code mvn -Pdemo} starts. */
@NullMarked
package io.github.backupcodes.demo;

import org.jspecify.annotations.NullMarked;
