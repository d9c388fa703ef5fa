package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Counts of suppressed matches, between subtasks and in state. */
public final class SuppressedSerializer extends HandWritten<Suppressed> {
    public static final SuppressedSerializer INSTANCE = new SuppressedSerializer();
    public static final TypeInformation<Suppressed> TYPE = new HandWrittenType<>(Suppressed.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Suppressed suppressed, DataOutputView out) throws IOException {
        Binary.writeText(suppressed.rule(), out);
        Binary.writeText(suppressed.filter(), out);
        out.writeLong(suppressed.hour());
        out.writeLong(suppressed.count());
        out.writeLong(suppressed.last());
    }

    @Override
    protected Suppressed read(int version, DataInputView in) throws IOException {
        return new Suppressed(Binary.readText(in), Binary.readText(in), in.readLong(), in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Suppressed> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Suppressed> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
