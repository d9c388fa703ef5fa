package jp.hinomi.correlation.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.LogEvent;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.Memory;
import jp.hinomi.correlation.engine.OpenAlert;
import jp.hinomi.correlation.engine.Sighting;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Part;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What is written is read again, whole and to the byte. */
class SerializerProperties {
    private static <T> T through(HandWritten<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = serializer.deserialize(in);
        assertThat(in.available()).as("bytes left over").isZero();
        DataOutputSerializer copy = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        return read;
    }

    @Provide
    Arbitrary<SecurityEvent> events() {
        Arbitrary<Field> fields = Arbitraries.oneOf(
                Arbitraries.of(List.copyOf(Fields.dictionary())),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(name -> Fields.of("x." + name)));
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(50).asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> values = Arbitraries.oneOf(
                scalars, scalars.list().ofMinSize(2).ofMaxSize(4).asGeneric());
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(30),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.maps(fields, values).ofMaxSize(12))
                .as((id, time, correlated, map) -> {
                    SecurityEvent.Builder event = new SecurityEvent.Builder(id, time).correlationMillis(correlated);
                    map.forEach(event::put);
                    return event.build();
                });
    }

    @Property(tries = 300)
    void events(@ForAll("events") SecurityEvent event) throws IOException {
        assertThat(through(EventSerializer.INSTANCE, event)).isEqualTo(event);
    }

    private static Match match(SecurityEvent event, int depth, long steps) {
        return new Match(
                event.correlationMillis(),
                depth,
                "o" + event.id(),
                event.id(),
                steps == 0 ? 1 : steps,
                "値",
                List.of(new Sighting(LogEvent.of(event), List.of("one", "二"))),
                7);
    }

    @Property(tries = 100)
    void stateOfGroups(
            @ForAll("events") SecurityEvent event,
            @ForAll("events") SecurityEvent other,
            @ForAll long steps,
            @ForAll long number)
            throws IOException {
        Map<String, Long> inner = new LinkedHashMap<>(Map.of("a", number));
        GroupState state = new GroupState(
                List.of(match(event, 0, steps), match(other, 2, steps)),
                List.of(new GroupState.Waiting(match(other, 1, steps), number)),
                Optional.of(match(event, 0, steps).stripped()),
                Optional.of(new OpenAlert.State(
                        "id",
                        number,
                        3,
                        number + 1,
                        number - 1,
                        number,
                        12,
                        List.of(new Sighting(LogEvent.of(other), List.of())),
                        List.of(new AffectedResource("灯", Part.OBSERVER)),
                        inner,
                        new ArrayList<>(List.of("x")),
                        match(event, 0, steps))),
                Optional.of(new GroupState.Window(number, "opener", 5)),
                new Memory(number, new long[] {number, 7}, new double[] {0.5, -number}));
        assertThat(through(GroupStateSerializer.INSTANCE, state)).isEqualTo(state);
        GroupState empty =
                new GroupState(List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Memory.NONE);
        assertThat(through(GroupStateSerializer.INSTANCE, empty)).isEqualTo(empty);
    }

    @Property(tries = 100)
    void keysAndMatches(
            @ForAll String rule, @ForAll List<String> values, @ForAll("events") SecurityEvent event, @ForAll long due)
            throws IOException {
        GroupKey key = new GroupKey(rule, values);
        assertThat(through(GroupKeySerializer.INSTANCE, key)).isEqualTo(key);
        Match match = match(event, 0, due);
        Routed routed = new Routed(
                key,
                List.of(
                        new GroupState.Waiting(match, due),
                        new GroupState.Waiting(match.stripped(), match.time()),
                        new GroupState.Waiting(match(event, 1, 3), 7)));
        assertThat(through(RoutedSerializer.INSTANCE, routed)).isEqualTo(routed);
    }

    /** Version 1 had one match in a record, and whole events in it. */
    @Property(tries = 20)
    void matchesOfVersion1(@ForAll("events") SecurityEvent event) throws IOException {
        Match match = match(event, 1, 4);
        GroupKey key = new GroupKey("rule", List.of("v"));
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(1);
        GroupKeySerializer.INSTANCE.serialize(key, out);
        out.writeLong(match.time());
        Binary.writeSize(match.depth(), out);
        Binary.writeText(match.orderedBy(), out);
        Binary.writeText(match.id(), out);
        out.writeLong(match.steps());
        Binary.writeText(match.value(), out);
        Binary.writeSize(1, out);
        EventSerializer.INSTANCE.serialize(event, out);
        Binary.writeList(match.evidence().get(0).matched(), Binary::writeText, out);
        out.writeLong(match.weight());
        out.writeLong(17);
        Routed read = RoutedSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read).isEqualTo(Routed.of(key, match, 17));
    }

    @Property(tries = 100)
    void rejectedRecordsToTheByte(@ForAll byte[] value, @ForAll byte[] header, @ForAll long offset) throws IOException {
        RawRecord record = new RawRecord(
                "logs.ids",
                3,
                offset,
                offset,
                null,
                value,
                List.of(new RawRecord.Header("h", header), new RawRecord.Header("null", null)));
        Rejected read = through(RejectedSerializer.INSTANCE, new Rejected(record, "decoder", "理由", 9));
        assertThat(read.record().value()).isEqualTo(value);
        assertThat(read.record().header("h")).isEqualTo(header);
        assertThat(read.record().header("null")).isNull();
        assertThat(read.record().key()).isNull();
        assertThat(read.record().origin()).isEqualTo("logs.ids-3-" + offset);
        assertThat(read.reason()).isEqualTo("理由");
        assertThat(read.byteOffset()).isEqualTo(9);
        RawRecord tick = new RawRecord("logs.ids", 0, 1, 2, new byte[0], null, List.of());
        assertThat(through(RawRecordSerializer.INSTANCE, tick).value()).isNull();
    }

    @Example
    void textsMayBeLongerThan64KiB() throws IOException {
        SecurityEvent event = new SecurityEvent.Builder("id", 0)
                .put(Fields.EVENT_ORIGINAL, "火".repeat(1 << 20))
                .build();
        assertThat(through(EventSerializer.INSTANCE, event)).isEqualTo(event);
    }

    @Example
    void stateOfANewerReleaseIsRefusedWithARemedy() {
        assertThatThrownBy(() -> EventSerializer.INSTANCE.deserialize(new DataInputDeserializer(new byte[] {99, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer release");
    }
}
