package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.correlation.stage.Asking;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Alerts that wait for what is known of sources. */
public final class AskingSerializer extends HandWritten<Asking> {
    public static final AskingSerializer INSTANCE = new AskingSerializer();
    public static final TypeInformation<Asking> TYPE = new HandWrittenType<>(Asking.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Asking asking, DataOutputView out) throws IOException {
        AlertSerializer.INSTANCE.serialize(asking.alert(), out);
        Binary.writeList(asking.sources(), Binary::writeText, out);
    }

    @Override
    protected Asking read(int version, DataInputView in) throws IOException {
        return new Asking(AlertSerializer.INSTANCE.deserialize(in), Binary.readList(Binary::readText, in));
    }

    @Override
    public TypeSerializerSnapshot<Asking> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Asking> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
