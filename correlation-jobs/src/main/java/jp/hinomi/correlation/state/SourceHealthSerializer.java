package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How sources fare, as it is written to the topic: JSON. */
public final class SourceHealthSerializer extends HandWritten<SourceHealth> {
    public static final SourceHealthSerializer INSTANCE = new SourceHealthSerializer();
    public static final TypeInformation<SourceHealth> TYPE = new HandWrittenType<>(SourceHealth.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(SourceHealth health, DataOutputView out) throws IOException {
        Binary.writeBytes(SourceHealthJson.write(health), out);
    }

    @Override
    protected SourceHealth read(int version, DataInputView in) throws IOException {
        return SourceHealthJson.read(Binary.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<SourceHealth> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceHealth> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
