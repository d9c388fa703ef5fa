package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.correlation.engine.RuleMark;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is saved of a correlation beside its groups. */
public final class RuleMarkSerializer extends HandWritten<RuleMark> {
    public static final RuleMarkSerializer INSTANCE = new RuleMarkSerializer();
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(RuleMark mark, DataOutputView out) throws IOException {
        Binary.writeText(mark.key(), out);
        Binary.writeText(mark.version(), out);
        out.writeLong(mark.since());
        Binary.writeText(mark.quarantine(), out);
    }

    @Override
    protected RuleMark read(int version, DataInputView in) throws IOException {
        return new RuleMark(Binary.readText(in), Binary.readText(in), in.readLong(), Binary.readText(in));
    }

    @Override
    public TypeSerializerSnapshot<RuleMark> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleMark> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
