/** What is in {@code docker/}: the image, the compose file, the example for Kubernetes. */
@NullMarked
package io.github.backupcodes.docker;

import org.jspecify.annotations.NullMarked;
