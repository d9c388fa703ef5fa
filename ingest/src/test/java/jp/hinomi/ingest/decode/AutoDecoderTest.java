package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;
import org.junit.jupiter.api.Test;

class AutoDecoderTest {
    /** These have no signature: they are what is left, or take what others know better. */
    private static final Set<String> GENERIC = Set.of("auto", "json", "syslog", "text");

    /** Which of the two wrote a line in the common format only its syslog header tells. */
    private static final Set<String> ALIKE = Set.of("apache", "nginx");

    private final DecoderTable auto = new DecoderTable("auto");

    /** Broken on trial: the signature of suricata-eve removed. */
    @Test
    void everySampleIsRecognised() {
        List<String> mistaken = new ArrayList<>();
        for (String format : Decoders.formats()) {
            if (!GENERIC.contains(format)) {
                for (String line : SampleLines.BY_FORMAT.getOrDefault(format, List.of())) {
                    String chosen = chosen(line);
                    if (!format.equals(chosen) && !(ALIKE.contains(format) && ALIKE.contains(chosen))) {
                        mistaken.add(format + " taken for " + chosen + ": " + line);
                    }
                }
            }
        }
        assertThat(mistaken).isEmpty();
    }

    /** Otherwise what a record becomes would hang on what the source sent before it. */
    @Test
    void atMostOneFormatIsCertain() {
        SyslogParser syslog = new SyslogParser(new ZoneClock(DecoderTable.TOKYO));
        SampleLines.BY_FORMAT
                .values()
                .forEach(lines -> lines.forEach(line -> {
                    Glance glance = new Glance(line, syslog.parse(line, DecoderTable.APPENDED.toEpochMilli()));
                    assertThat(Decoders.all().stream()
                                    .filter(format -> format.signature().of(glance) == Signature.Likeness.CERTAIN)
                                    .map(Decoders.Format::name))
                            .as(line)
                            .hasSizeLessThan(2);
                }));
    }

    @Test
    void whatNobodyKnowsIsDecodedAsWhatItIsAtLeast() {
        assertThat(chosen("{\"temperature\":21.5,\"device_id\":\"t-1\"}")).isEqualTo("json");
        assertThat(chosen("<13>Apr  1 10:00:00 gw-1 thermod[7]: 21.5 degrees")).isEqualTo("syslog");
        assertThat(chosen("pump 4: pressure low")).isEqualTo("text");
    }

    /** Neither the order of records nor their number changes what one becomes. */
    @Test
    void memoryChangesNothing() {
        List<String> lines = new ArrayList<>();
        SampleLines.BY_FORMAT.values().forEach(lines::addAll);
        List<Decoding> first =
                lines.stream().map(line -> auto.decode(line.getBytes(UTF_8))).toList();
        List<String> reversed = new ArrayList<>(lines);
        java.util.Collections.reverse(reversed);
        for (int i = 0; i < 20; i++) {
            reversed.forEach(line -> auto.decode(line.getBytes(UTF_8)));
        }
        List<Decoding> again =
                lines.stream().map(line -> auto.decode(line.getBytes(UTF_8))).toList();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void theCertainFormatSaysWhatIsWrong() {
        Decoding decoding = auto.decode(
                "date=2026-04-01 time=25:61:00 devid=\"FG1\" type=\"traffic\" subtype=\"forward\"".getBytes(UTF_8));
        assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
        assertThat(((Decoding.Rejected) decoding).decoder()).isEqualTo("fortigate");
    }

    private String chosen(String line) {
        SecurityEvent event = auto.event(line);
        return event.text(Decoders.CHOSEN);
    }
}
