package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Alerts, few and on their way out: as the JSON that they leave as. */
public final class AlertSerializer extends HandWritten<Alert> {
    public static final AlertSerializer INSTANCE = new AlertSerializer();
    public static final TypeInformation<Alert> TYPE = new HandWrittenType<>(Alert.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Alert alert, DataOutputView out) throws IOException {
        Binary.writeBytes(AlertJson.write(alert), out);
    }

    @Override
    protected Alert read(int version, DataInputView in) throws IOException {
        return AlertJson.read(Binary.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<Alert> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alert> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
