package jp.hinomi.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventJsonProperties {
    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("fields") Map<String, Object> fields, @ForAll("times") long time) {
        SecurityEvent.Builder builder = new SecurityEvent.Builder("logs.service-0-1", time).correlationMillis(time + 7);
        fields.forEach((name, value) -> builder.put(Fields.of(name), value));
        SecurityEvent event = builder.build();
        assertThat(EventJson.read(EventJson.write(event), "other")).isEqualTo(event);
        assertThat(event.toBuilder().build()).isEqualTo(event);
        fields.forEach((name, value) -> assertThat(event.has(Fields.of(name))).isTrue());
    }

    @Property(tries = 200)
    void withAFieldIsAsWithABuilder(
            @ForAll("fields") Map<String, Object> fields, @ForAll("fields") Map<String, Object> more) {
        SecurityEvent.Builder builder = new SecurityEvent.Builder("logs.service-0-1", 5).correlationMillis(7);
        fields.forEach((name, value) -> builder.put(Fields.of(name), value));
        SecurityEvent event = builder.build();
        for (Map.Entry<String, Object> each : more.entrySet()) {
            Field field = Fields.of(each.getKey());
            SecurityEvent expected =
                    event.toBuilder().put(field, each.getValue()).build();
            SecurityEvent with = event.with(field, each.getValue());
            assertThat(with).isEqualTo(expected);
            assertThat(with.get(field)).isEqualTo(expected.get(field));
            event = with;
        }
        assertThat(event.with(Fields.SOURCE_IP, null)).isSameAs(event);
    }

    @Provide
    Arbitrary<Map<String, Object>> fields() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings().map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        Arbitrary<Object> value = Arbitraries.oneOf(
                scalar, scalar.list().ofMinSize(2).ofMaxSize(4).map(list -> (Object) list));
        Arbitrary<String> known = Arbitraries.of(Fields.dictionary()).map(Field::name);
        Arbitrary<String> extra =
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8).map(name -> "x." + name);
        return Arbitraries.maps(Arbitraries.oneOf(known, extra), value).ofMaxSize(140);
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, 4_102_444_800_000L);
    }
}
