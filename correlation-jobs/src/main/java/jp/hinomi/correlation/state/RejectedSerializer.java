package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records that could not be used. */
public final class RejectedSerializer extends HandWritten<Rejected> {
    public static final RejectedSerializer INSTANCE = new RejectedSerializer();
    public static final TypeInformation<Rejected> TYPE = new HandWrittenType<>(Rejected.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Rejected rejected, DataOutputView out) throws IOException {
        RawRecordSerializer.INSTANCE.serialize(rejected.record(), out);
        Binary.writeText(rejected.decoder(), out);
        Binary.writeText(rejected.reason(), out);
        out.writeInt(rejected.byteOffset());
    }

    @Override
    protected Rejected read(int version, DataInputView in) throws IOException {
        return new Rejected(
                RawRecordSerializer.INSTANCE.deserialize(in), Binary.readText(in), Binary.readText(in), in.readInt());
    }

    @Override
    public TypeSerializerSnapshot<Rejected> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Rejected> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
