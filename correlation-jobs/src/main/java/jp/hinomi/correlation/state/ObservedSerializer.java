package jp.hinomi.correlation.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records that were read. Their counters are chained to the decoder, so this is hardly ever used. */
public final class ObservedSerializer extends HandWritten<Observed> {
    public static final ObservedSerializer INSTANCE = new ObservedSerializer();
    public static final TypeInformation<Observed> TYPE = new HandWrittenType<>(Observed.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Observed observed, DataOutputView out) throws IOException {
        Binary.writeText(observed.partition(), out);
        Binary.writeBytes(observed.source() == null ? null : observed.source().getBytes(StandardCharsets.UTF_8), out);
        out.writeLong(observed.appendMillis());
        out.writeBoolean(observed.decoded());
        out.writeLong(observed.eventMillis());
    }

    @Override
    protected Observed read(int version, DataInputView in) throws IOException {
        String partition = Binary.readText(in);
        byte[] source = Binary.readBytes(in);
        return new Observed(
                partition,
                source == null ? null : new String(source, StandardCharsets.UTF_8),
                in.readLong(),
                in.readBoolean(),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Observed> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observed> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
