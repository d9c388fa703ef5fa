package jp.hinomi.ingest.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StixPatternTest {
    private static final SecurityEvent EVENT = new SecurityEvent.Builder("e", 1_775_000_000_000L)
            .put(Fields.SOURCE_IP, "10.0.0.5")
            .put(Fields.DESTINATION_IP, "203.0.113.7")
            .put(Fields.DESTINATION_PORT, 443)
            .put(Fields.NETWORK_TRANSPORT, "tcp")
            .put(Fields.URL_DOMAIN, "a.c2.example")
            .put(Fields.URL_PATH, "/gate.php")
            .put(Fields.URL_QUERY, "id=7")
            .put(Fields.FILE_NAME, "Invoice.exe")
            .put(Fields.FILE_SIZE, 4096)
            .put(Fields.FILE_HASH_SHA256, "ab".repeat(32))
            .put(Fields.of("registry.path"), "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\x")
            .put(Fields.of("email.subject"), "it's due")
            .put(Fields.of("source.mac"), "00-00-5E-00-53-01")
            .put(Fields.of("destination.as.number"), 64500)
            .put(Fields.PROCESS_COMMAND_LINE, "powershell -enc AAAA")
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "[ipv4-addr:value = '203.0.113.7'];true",
                "[ipv4-addr:value = '203.0.113.0/24'];true",
                "[ipv4-addr:value ISSUBSET '203.0.113.0/24'];true",
                "[ipv4-addr:value ISSUBSET '203.0.114.0/24'];false",
                "[ipv4-addr:value ISSUPERSET '203.0.113.7/32'];true",
                "[ipv4-addr:value IN ('198.51.100.1', '203.0.113.7')];true",
                "[domain-name:value = 'A.C2.example'];true",
                "[domain-name:value = 'c2.example'];false",
                "[domain-name:value LIKE '%.c2.example'];true",
                "[url:value = 'http://a.c2.example/gate.php?id=7'];true",
                "[url:value LIKE 'http://a.c2.example/%'];true",
                "[url:value LIKE 'http://a.c2.example/%.asp'];false",
                "[file:hashes.'SHA-256' = '" + "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"
                        + "'];true",
                "[file:hashes.SHA256 = '" + "abababababababababababababababababababababababababababababababab"
                        + "'];true",
                "[file:name = 'Invoice.exe' AND file:size > 4095];true",
                "[file:name = 'Invoice.exe' AND file:size >= 4097];false",
                "[file:name = 'invoice.exe'];false",
                "[file:name = 'Invoice.exe' AND file:name NOT LIKE '%.pdf'];true",
                "[file:name = 'Invoice.exe' AND file:name != 'Invoice.exe'];false",
                "[file:name = 'Invoice.exe' AND EXISTS file:size];true",
                "[file:name = 'Invoice.exe' AND EXISTS process:pid];false",
                "[network-traffic:dst_ref.value = '203.0.113.7' AND network-traffic:dst_port = 443];true",
                "[network-traffic:src_ref.value = '203.0.113.7'];false",
                "[network-traffic:dst_ref.value = 'a.c2.example' AND network-traffic:protocols[*] = 'TCP'];true",
                "[network-traffic:dst_ref.value = '203.0.113.7' AND network-traffic:dst_port IN (80, 8080)];false",
                "[windows-registry-key:key LIKE 'HKEY_LOCAL_MACHINE\\\\Software\\\\%' AND file:name = 'Invoice.exe'];true",
                "[email-message:subject = 'it\\'s due'];true",
                "[mac-addr:value = '00:00:5e:00:53:01'];true",
                "[autonomous-system:number = 64500];true",
                "[process:command_line MATCHES '^powershell.*-enc' AND ipv4-addr:value = '10.0.0.5'];true",
                "[ipv4-addr:value = '10.0.0.5'] AND [domain-name:value = 'a.c2.example'];true",
                "[ipv4-addr:value = '10.0.0.6'] OR ([ipv4-addr:value = '10.0.0.5']);true",
                "[ipv4-addr:value = '10.0.0.5'] START t'2026-03-31T00:00:00Z' STOP t'2026-04-01T00:00:00Z';true",
                "[ipv4-addr:value = '10.0.0.5'] START t'2026-04-01T00:00:00Z' STOP t'2026-04-02T00:00:00Z';false",
                "[mutex:name = 'x' OR ipv4-addr:value = '10.0.0.5'];true",
                "[(file:size = 1 OR file:size = 4096) AND file:name = 'Invoice.exe'];true",
            })
    void holdsAndIsFound(String pattern, boolean holds) {
        assertThat(StixPattern.of(pattern).holds(EVENT)).isEqualTo(holds);
        IntelIndex index = new IntelIndex();
        Indicator indicator = Indicator.builder("i", "f").pattern(pattern).build();
        index.put(indicator);
        assertThat(index.matcher().match(EVENT, 10)).hasSize(holds ? 1 : 0);
        assertThat(index.get("i").orElseThrow().pattern()).isEqualTo(pattern);
        assertThat(index.put(indicator)).as("the same again").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "[ipv4-addr:value = '1.2.3.4'] FOLLOWEDBY [file:name = 'x'];31;FOLLOWEDBY;temporal_ordered",
                "[ipv4-addr:value = '1.2.3.4'] REPEATS 5 TIMES;31;REPEATS;event_count",
                "[ipv4-addr:value = '1.2.3.4'] WITHIN 5 SECONDS;31;WITHIN;event_count",
                "[file:name LIKE '%.exe'];1;names no whole value;Sigma rule",
                "[file:name != 'x'];1;names no whole value;=",
                "[network-traffic:dst_port = 443];1;names no whole value;=",
                "[mutex:name = 'x'];1;events have nothing for mutex:name;guide",
                "[fiel:name = 'x'];2;no object 'fiel';did you mean 'file'?",
                "[ipv4-addr:value = 'c2.example'];20;no value;write 203.0.113.7",
                "[ipv4-addr:value = 1.2.3];20;no value;write 203.0.113.7",
                "[file:size = 'big'];14;is a number;without quotes",
                "[file:name == 'x;15;not closed;quote",
                "[file:name 'x'];12;no operator;use =",
                "[file:name = x];14;where a value belongs;single quotes",
                "[file:name = 'x';17;not expected;close the bracket",
                "file:name = 'x';1;not expected;begins with [",
                "[file:name = 'x'] [file:name = 'y'];19;after the end;AND or OR",
                "[file:name MATCHES '(a' AND file:name = 'x'];20;cannot be used;missing",
                "[file:name MATCHES '(a)\\\\1' AND file:name = 'x'];20;cannot be used;unbounded",
                "[file:name = h'00'];14;binary;no field",
                "[file:name ISSUBSET '10.0.0.0/8'];12;compares addresses;none",
                "[file:name = 'x'] START t'soon' STOP t'2026-04-01T00:00:00Z';25;no time;write t'",
            })
    void saysWhereAndWhatToDo(String pattern, int character, String what, String remedy) {
        assertThatThrownBy(() -> StixPattern.of(pattern))
                .isInstanceOf(PatternException.class)
                .hasMessageStartingWith("character " + character + " of the pattern: ")
                .hasMessageContaining(what)
                .hasMessageContaining(remedy);
    }

    @Test
    void namesItsObservables() {
        assertThat(StixPattern.of("[domain-name:value = 'C2.example' OR ipv4-addr:value ISSUBSET '198.51.100.0/24'] OR"
                                + " [file:hashes.MD5 = '" + "0".repeat(32) + "' AND file:size = 3]")
                        .observables())
                .extracting(observable -> observable.type().word() + " " + observable.value())
                .containsExactly("domain-name c2.example", "ipv4-addr 198.51.100.0/24", "md5 " + "0".repeat(32));
    }

    @Test
    void hostilePatternsEndSoon() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String hostile : List.of(
                    "(".repeat(60_000),
                    "[" + "(".repeat(60_000),
                    "[file:name = 'x'] AND ".repeat(3000),
                    "[" + "file:name = 'x' OR ".repeat(3400) + "file:name = 'y'",
                    "[file:name LIKE '" + "%a".repeat(20_000) + "'",
                    "'" + "\\'".repeat(30_000))) {
                assertThatThrownBy(() -> StixPattern.of(hostile)).isInstanceOf(PatternException.class);
            }
            StixPattern many = StixPattern.of("[file:name LIKE '" + "%a".repeat(1000) + "' AND file:name = 'x']");
            SecurityEvent event = new SecurityEvent.Builder("e", 0)
                    .put(Fields.FILE_NAME, "a".repeat(900))
                    .build();
            assertThat(many.holds(event)).isFalse();
        });
    }
}
