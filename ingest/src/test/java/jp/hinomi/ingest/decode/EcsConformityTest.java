package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.ecs.EcsCatalogue;
import org.junit.jupiter.api.Test;

class EcsConformityTest {
    private static final EcsCatalogue ECS = EcsCatalogue.get();

    /** Broken on trial: {@code classify("web", "allowed")} in the access log, and a port as text. */
    @Test
    void samplesOfEveryFormatBecomeEcs() {
        List<String> faults = new ArrayList<>();
        for (String format : Decoders.formats()) {
            for (String line : SampleLines.BY_FORMAT.getOrDefault(format, List.of())) {
                LogRecord record = DecoderTable.record(line.getBytes(UTF_8));
                Decoding decoding =
                        Decoders.of(format, DecoderTable.TOKYO, UTF_8).decode(record);
                if (decoding instanceof Decoding.Decoded decoded && !passesThrough(decoded.event(), format)) {
                    EcsConformity.faults(decoded.event()).forEach(fault -> faults.add(format + ": " + fault));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Documents that are ECS already are taken as they are, mistakes included. */
    private static boolean passesThrough(SecurityEvent event, String format) {
        return format.equals("ecs-json") || "ecs-json".equals(event.text(Decoders.CHOSEN));
    }

    @Test
    void theDictionaryIsEcs() {
        for (Field field : Fields.dictionary()) {
            boolean own = field.name().startsWith("city.") || field.name().startsWith("clock.");
            assertThat(own || ECS.allows(field.name())).as(field.name()).isTrue();
            ECS.field(field.name()).ifPresent(known -> {
                String types = switch (field.type()) {
                    case TEXT -> "keyword wildcard match_only_text";
                    case LONG -> "long";
                    case DOUBLE -> "float";
                    case FLAG -> "boolean";
                    case ADDRESS -> "ip";
                    case TIME -> "date";
                };
                assertThat(types.split(" ")).as(field.name()).contains(known.type());
            });
        }
    }

    @Test
    void faultsAreNamed() {
        SecurityEvent event = new SecurityEvent.Builder("e", 0)
                .put(Fields.EVENT_KIND, "evnt")
                .put(Fields.EVENT_CATEGORY, "web")
                .put(Fields.EVENT_TYPE, List.of("access", "denied"))
                .put(Fields.SOURCE_IP, "2001:DB8::1")
                .put(Fields.of("source.nickname"), "x")
                .put(Fields.of("labels.any"), "fine")
                .put(Fields.of("acme.anything"), 1L)
                .put(Fields.of("log.level"), 7L)
                .put(Fields.of("url.fragment"), List.of("a", "b"))
                .build();
        assertThat(EcsConformity.faults(event))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).startsWith("event.kind: 'evnt'"),
                        fault -> assertThat(fault).startsWith("event.type: 'denied' cannot stand beside [web]"),
                        fault -> assertThat(fault).startsWith("source.ip: '2001:DB8::1'"),
                        fault -> assertThat(fault).startsWith("source.nickname: ECS"),
                        fault -> assertThat(fault).startsWith("acme.anything: neither of ECS nor"),
                        fault -> assertThat(fault).startsWith("log.level: '7' (Long) is no keyword"),
                        fault -> assertThat(fault).startsWith("url.fragment: holds"));
    }
}
