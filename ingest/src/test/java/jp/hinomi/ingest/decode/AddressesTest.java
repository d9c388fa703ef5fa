package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import jp.hinomi.ingest.decode.text.Addresses;
import org.junit.jupiter.api.Test;

class AddressesTest {
    /** The examples of RFC 5952 sections 2 and 4, and what logs have. */
    @Test
    void canonicalText() {
        String[][] table = {
            {"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
            {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
            {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
            {"2001:DB8::AaAa", "2001:db8::aaaa"},
            {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
            {"::", "::"},
            {"::1", "::1"},
            {"1::", "1::"},
            {"fe80::1%eth0", "fe80::1"},
            {"[2001:db8::1]", "2001:db8::1"},
            {"::ffff:203.0.113.7", "203.0.113.7"},
            {"::FFFF:cb00:7107", "203.0.113.7"},
            {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
            {"192.0.2.1", "192.0.2.1"},
            {"0.0.0.0", "0.0.0.0"}
        };
        for (String[] row : table) {
            assertThat(Addresses.canonical(row[0])).as(row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void notAddresses() {
        for (String text : new String[] {
            "",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "1..2.3",
            "1.2.3.4.",
            "a.b.c.d",
            "::1::",
            ":1",
            "1:",
            ":::",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::8:9",
            "12345::",
            "g::1",
            "::1.2.3",
            "1.2.3.4::",
            "host",
            "::ffff:1.2.3.4.5",
            "1:2:3:4:5:6:7:1.2.3.4",
            "2001:db8::1 "
        }) {
            assertThat(Addresses.canonical(text)).as(text).isNull();
        }
        assertThat(Addresses.canonical(null)).isNull();
    }
}
