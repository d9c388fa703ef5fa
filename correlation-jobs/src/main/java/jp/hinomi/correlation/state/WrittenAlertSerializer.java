package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Alerts on their way to the sink. */
public final class WrittenAlertSerializer extends HandWritten<WrittenAlert> {
    public static final WrittenAlertSerializer INSTANCE = new WrittenAlertSerializer();
    public static final TypeInformation<WrittenAlert> TYPE = new HandWrittenType<>(WrittenAlert.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(WrittenAlert alert, DataOutputView out) throws IOException {
        Binary.writeBytes(alert.id(), out);
        Binary.writeBytes(alert.json(), out);
    }

    @Override
    protected WrittenAlert read(int version, DataInputView in) throws IOException {
        return new WrittenAlert(Binary.readBytes(in), Binary.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<WrittenAlert> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WrittenAlert> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
