package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.Memory;
import jp.hinomi.correlation.engine.OpenAlert;
import jp.hinomi.correlation.engine.Sighting;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Part;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is saved of one group of one correlation. */
public final class GroupStateSerializer extends HandWritten<GroupState> {
    public static final GroupStateSerializer INSTANCE = new GroupStateSerializer();
    public static final TypeInformation<GroupState> TYPE = new HandWrittenType<>(GroupState.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(GroupState state, DataOutputView out) throws IOException {
        MatchWriter matches = new MatchWriter(out);
        Binary.writeList(state.retained(), (match, to) -> matches.write(match), out);
        Binary.writeList(
                state.pending(),
                (waiting, to) -> {
                    matches.write(waiting.match());
                    to.writeLong(waiting.due());
                },
                out);
        out.writeBoolean(state.last().isPresent());
        if (state.last().isPresent()) {
            matches.write(state.last().get().stripped());
        }
        out.writeBoolean(state.alert().isPresent());
        if (state.alert().isPresent()) {
            writeAlert(state.alert().get(), matches, out);
        }
        out.writeBoolean(state.window().isPresent());
        if (state.window().isPresent()) {
            GroupState.Window window = state.window().get();
            out.writeLong(window.end());
            Binary.writeText(window.opener(), out);
            out.writeLong(window.count());
        }
        out.writeLong(state.memory().since());
        Binary.writeSize(state.memory().times().length, out);
        for (int i = 0; i < state.memory().times().length; i++) {
            out.writeLong(state.memory().times()[i]);
            out.writeDouble(state.memory().numbers()[i]);
        }
    }

    @Override
    protected GroupState read(int version, DataInputView in) throws IOException {
        MatchReader matches = new MatchReader(version, in);
        List<Match> retained = Binary.readList(from -> matches.match(), in);
        List<GroupState.Waiting> pending =
                Binary.readList(from -> new GroupState.Waiting(matches.match(), from.readLong()), in);
        Optional<Match> last = in.readBoolean() ? Optional.of(matches.match()) : Optional.empty();
        Optional<OpenAlert.State> alert = in.readBoolean() ? Optional.of(readAlert(matches, in)) : Optional.empty();
        Optional<GroupState.Window> window = in.readBoolean()
                ? Optional.of(new GroupState.Window(in.readLong(), Binary.readText(in), in.readLong()))
                : Optional.empty();
        return new GroupState(retained, pending, last, alert, window, readMemory(in));
    }

    private static Memory readMemory(DataInputView in) throws IOException {
        long since = in.readLong();
        int size = Binary.readSize(in);
        if (size == 0 && since == 0) {
            return Memory.NONE; // as nearly always: a million groups share it
        }
        long[] times = new long[size];
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            times[i] = in.readLong();
            numbers[i] = in.readDouble();
        }
        return new Memory(since, times, numbers);
    }

    private static void writeAlert(OpenAlert.State alert, MatchWriter matches, DataOutputView out) throws IOException {
        Binary.writeText(alert.id(), out);
        out.writeLong(alert.time());
        out.writeInt(alert.revision());
        out.writeLong(alert.lastFiring());
        out.writeLong(alert.first());
        out.writeLong(alert.last());
        out.writeLong(alert.count());
        Binary.writeList(alert.evidence(), (sighting, to) -> matches.write(sighting, null), out);
        Binary.writeList(
                alert.touched(),
                (resource, to) -> {
                    Binary.writeText(resource.id(), to);
                    Binary.writeText(resource.part().word(), to);
                },
                out);
        Binary.writeSize(alert.inner().size(), out);
        for (Map.Entry<String, Long> inner : alert.inner().entrySet()) {
            Binary.writeText(inner.getKey(), out);
            out.writeLong(inner.getValue());
        }
        Binary.writeList(alert.lastMatches(), Binary::writeText, out);
        matches.write(alert.counted());
    }

    private static OpenAlert.State readAlert(MatchReader matches, DataInputView in) throws IOException {
        String id = Binary.readText(in);
        long time = in.readLong();
        int revision = in.readInt();
        long lastFiring = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        long count = in.readLong();
        List<Sighting> evidence = Binary.readList(from -> matches.sighting(), in);
        List<AffectedResource> touched = Binary.readList(
                from -> new AffectedResource(Binary.readText(from), Part.ofWord(Binary.readText(from))), in);
        int size = Binary.readSize(in);
        Map<String, Long> inner = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            inner.put(Binary.readText(in), in.readLong());
        }
        List<String> lastMatches = Binary.readList(Binary::readText, in);
        Match counted = matches.match();
        return new OpenAlert.State(
                id, time, revision, lastFiring, first, last, count, evidence, touched, inner, lastMatches, counted);
    }

    @Override
    public TypeSerializerSnapshot<GroupState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<GroupState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
