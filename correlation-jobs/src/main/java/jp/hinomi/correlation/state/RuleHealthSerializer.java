package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was last written about each rule, as it was written: JSON. */
public final class RuleHealthSerializer extends HandWritten<RuleHealth> {
    public static final RuleHealthSerializer INSTANCE = new RuleHealthSerializer();
    public static final TypeInformation<RuleHealth> TYPE = new HandWrittenType<>(RuleHealth.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(RuleHealth health, DataOutputView out) throws IOException {
        Binary.writeBytes(RuleHealthJson.write(health), out);
    }

    @Override
    protected RuleHealth read(int version, DataInputView in) throws IOException {
        return RuleHealthJson.read(Binary.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<RuleHealth> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleHealth> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
