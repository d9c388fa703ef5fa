package jp.hinomi.ingest.decode.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"00:00:5e:00:53:01", "00-00-5E-00-53-01", "0000.5e00.5301", "00005e005301"})
    void writings(String text) {
        assertThat(MacAddress.ecs(text)).isEqualTo("00-00-5E-00-53-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.100.123",
                "00.00.5e.00.53.01",
                "00005e00.5301",
                "0000.5e00.5301.",
                "0000.5e00:5301",
                "0000..5e005301",
                "00:00:5e:00:53",
                "00:00:5e:00:53:0g"
            })
    void others(String text) {
        assertThat(MacAddress.ecs(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0200.5e10.0000.0001", "02:00:5e:10:00:00:00:01"})
    void of64Bits(String text) {
        assertThat(MacAddress.ecs(text)).isEqualTo("02-00-5E-10-00-00-00-01");
    }
}
