package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:DB8:0:0::1, 2001:db8::1",
        "::, ::",
        "::ffff:192.0.2.1, 192.0.2.1",
        "fe80::1%eth0, fe80::1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void readsAddresses(String text, String canonical) {
        assertThat(Addresses.parse(text).map(IPAddress::toCanonicalString)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.04",
                "1.2.3.4/8",
                "1.2.3.4:80",
                "0x1.2.3.4",
                "a.b.c.d",
                "１.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "１::",
                "12345::",
                "[::1]",
                "%",
                "%:",
                "1%::2",
                "::g",
                "1:2:3:4:5:6:7:8:9",
                "localhost",
                "2130706433"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Addresses.parse(text)).isEmpty();
    }
}
