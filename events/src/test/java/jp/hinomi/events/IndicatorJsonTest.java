package jp.hinomi.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorJsonTest {
    private static final Indicator INDICATOR = Indicator.builder("indicator--1", "jp-cert")
            .about(new Indicator.About(
                    "C2 of 例",
                    "Seen in May",
                    "Example CSIRT",
                    "https://example.jp/1",
                    List.of("malicious-activity"),
                    List.of("botnet"),
                    List.of("ExampleBot"),
                    List.of("mitre-attack:command-and-control")))
            .pattern("[ipv4-addr:value = '203.0.113.7']")
            .observable(Observable.Type.IPV4_ADDR, "203.0.113.7")
            .validFrom(1_775_000_000_000L)
            .validUntil(1_780_000_000_000L)
            .confidence(80)
            .tlp(Tlp.AMBER_STRICT)
            .revoked(true)
            .modified(1_775_000_000_001L)
            .build();

    @Test
    void writesWhatTheGuideShowsAndReadsItBack() {
        byte[] json = IndicatorJson.write(INDICATOR);
        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        "{\"id\":\"indicator--1\",\"feed\":\"jp-cert\",\"name\":\"C2 of 例\",\"description\":\"Seen in"
                                + " May\",\"provider\":\"Example CSIRT\",\"reference\":\"https://example.jp/1\","
                                + "\"indicator_types\":[\"malicious-activity\"],\"labels\":[\"botnet\"],\"threats\":"
                                + "[\"ExampleBot\"],\"kill_chain_phases\":[\"mitre-attack:command-and-control\"],\"pattern\":"
                                + "\"[ipv4-addr:value = '203.0.113.7']\",\"observables\":[{\"type\":\"ipv4-addr\",\"value\":"
                                + "\"203.0.113.7\"}],\"valid_from\":\"2026-03-31T23:33:20.000Z\",\"valid_until\":"
                                + "\"2026-05-28T20:26:40.000Z\",\"confidence\":80,\"tlp\":\"AMBER+STRICT\",\"revoked\":true,"
                                + "\"modified\":\"2026-03-31T23:33:20.001Z\"}");
        assertThat(IndicatorJson.read(json)).isEqualTo(INDICATOR);
        assertThat(INDICATOR.toBuilder().build()).isEqualTo(INDICATOR);
    }

    @Test
    void whatIsNotKnownHasNoKey() {
        Indicator bare = Indicator.builder("a", "f")
                .observable(Observable.Type.DOMAIN_TREE, "c2.example")
                .build();
        byte[] json = IndicatorJson.write(bare);
        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        "{\"id\":\"a\",\"feed\":\"f\",\"observables\":[{\"type\":\"domain-tree\",\"value\":\"c2.example\"}],"
                                + "\"tlp\":\"AMBER\"}");
        assertThat(IndicatorJson.read(json)).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[];not a JSON object",
                "{\"id\":\"a\",\"feed\":\"f\",\"pattern\":\"[x]\"};needs the key 'tlp'",
                "{\"id\":\"a\",\"tlp\":\"RED\",\"pattern\":\"[x]\"};needs the name of its feed",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\"};nothing to look for",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"WHITE\",\"pattern\":\"[x]\"};not a TLP label",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"patern\":\"[x]\"};no key 'patern'",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"pattern\":\"[x]\",\"confidence\":101};use 0 to 100",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"pattern\":\"[x]\",\"valid_from\":\"soon\"};use RFC 3339",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"observables\":[{\"type\":\"ip\",\"value\":\"1\"}]};not a type",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"observables\":[{\"type\":\"url\"}]};needs 'type' and 'value'",
                "{\"id\":\"a\",\"feed\":\"f\",\"tlp\":\"RED\",\"pattern\":\"[x]\"} {};more text",
                "{\"id\":\"a\";not JSON",
            })
    void saysWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> IndicatorJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isValidFromItsBeginningUntilItsEnd() {
        Indicator valid = INDICATOR.toBuilder().revoked(false).build();
        assertThat(valid.isValidAt(1_774_999_999_999L)).isFalse();
        assertThat(valid.isValidAt(1_775_000_000_000L)).isTrue();
        assertThat(valid.isValidAt(1_780_000_000_000L)).isFalse();
        assertThat(INDICATOR.isValidAt(1_775_000_000_000L)).isFalse();
        assertThatThrownBy(() -> valid.toBuilder().validUntil(1).build()).hasMessageContaining("ends before it begins");
    }

    @ParameterizedTest
    @CsvSource({"-1,Not Specified", "0,None", "1,Low", "29,Low", "30,Medium", "69,Medium", "70,High", "100,High"})
    void wordsConfidenceAsStixDoes(int confidence, String word) {
        assertThat(INDICATOR.toBuilder().confidence(confidence).build().confidenceWord())
                .isEqualTo(word);
    }
}
