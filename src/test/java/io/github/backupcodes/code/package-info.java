/** Tests of the domain. Those named {@code *PropertyTest} run in jqwik, the others in JUnit Jupiter. */
@NullMarked
package io.github.backupcodes.code;

import org.jspecify.annotations.NullMarked;
