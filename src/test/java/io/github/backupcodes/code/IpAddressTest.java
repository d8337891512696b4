package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "192.0.2.255",
                "::",
                "::1",
                "2001:db8::7",
                "2001:DB8:0:0:0:0:0:7",
                "2001:0db8:0000:0000:0000:0000:0000:0007",
                "fe80::1:2",
                "::ffff:192.0.2.1",
                "0000:0000:0000:0000:0000:ffff:192.100.200.255"
            })
    void a_literal_is_kept_as_it_is(String address) {
        assertThat(IpAddress.literal(address)).contains(address);
    }

    @ParameterizedTest
    @CsvSource({"fe80::1%eth0, fe80::1", "[2001:db8::7], 2001:db8::7", "[fe80::1%25call us], fe80::1"})
    void brackets_and_the_zone_are_left_out(String text, String address) {
        assertThat(IpAddress.literal(text)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "localhost",
                "example.org",
                "cafe",
                "1",
                "1.2.3",
                "127.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4:80",
                "1.2.3.4%eth0",
                "[1.2.3.4]",
                "١.٢.٣.٤",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::1.2.3",
                "::g",
                "[::1",
                "::1]",
                "::1/x",
                "::1]@example.org:80/[",
                "Call +1 555 0100"
            })
    void nothing_else_is(String text) {
        assertThat(IpAddress.literal(text)).isEmpty();
    }

    @Test
    void it_is_never_long() {
        assertThat(IpAddress.literal(null)).isEmpty();
        assertThat(IpAddress.literal("0:".repeat(2_000) + "0")).isEmpty();
        assertThat(IpAddress.literal("::1%" + "e".repeat(4_000))).contains("::1");
    }
}
