/** Sends text messages: the SPI {@code sms-sender}, its providers {@code http} and {@code log}, and how often one message is tried. */
@NullMarked
package io.github.backupcodes.sms.sender;

import org.jspecify.annotations.NullMarked;
