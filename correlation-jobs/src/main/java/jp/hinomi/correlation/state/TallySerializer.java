package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.ingest.clock.Offsets;
import jp.hinomi.ingest.clock.Tally;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was read from a source or a partition in a span. */
public final class TallySerializer extends HandWritten<Tally> {
    public static final TallySerializer INSTANCE = new TallySerializer();
    public static final TypeInformation<Tally> TYPE = new HandWrittenType<>(Tally.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Tally tally, DataOutputView out) throws IOException {
        out.writeByte(
                switch (tally.kind()) {
                    case SOURCE -> 0;
                    case PARTITION -> 1;
                });
        Binary.writeText(tally.name(), out);
        out.writeLong(tally.start());
        out.writeLong(tally.records());
        out.writeLong(tally.rejected());
        out.writeLong(tally.first());
        out.writeLong(tally.last());
        Binary.writeSize(tally.offsets().counts().size(), out);
        for (Map.Entry<Integer, Long> step : tally.offsets().counts().entrySet()) {
            out.writeInt(step.getKey());
            out.writeLong(step.getValue());
        }
    }

    @Override
    protected Tally read(int version, DataInputView in) throws IOException {
        Tally.Kind kind = in.readByte() == 0 ? Tally.Kind.SOURCE : Tally.Kind.PARTITION;
        String name = Binary.readText(in);
        long start = in.readLong();
        long records = in.readLong();
        long rejected = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        TreeMap<Integer, Long> offsets = new TreeMap<>();
        for (int steps = Binary.readSize(in); steps > 0; steps--) {
            offsets.put(in.readInt(), in.readLong());
        }
        return new Tally(
                kind,
                name,
                start,
                records,
                rejected,
                first,
                last,
                offsets.isEmpty() ? Offsets.NONE : new Offsets(offsets));
    }

    @Override
    public TypeSerializerSnapshot<Tally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
