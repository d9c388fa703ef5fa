package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.correlation.stage.Silence;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** When sources were silent. */
public final class SilenceSerializer extends HandWritten<Silence> {
    public static final SilenceSerializer INSTANCE = new SilenceSerializer();
    public static final TypeInformation<Silence> TYPE = new HandWrittenType<>(Silence.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Silence silence, DataOutputView out) throws IOException {
        Binary.writeText(silence.source(), out);
        out.writeLong(silence.begin());
        out.writeLong(silence.end());
    }

    @Override
    protected Silence read(int version, DataInputView in) throws IOException {
        return new Silence(Binary.readText(in), in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Silence> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Silence> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
