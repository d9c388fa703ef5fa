package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reports of rules between subtasks. */
public final class RuleReportSerializer extends HandWritten<RuleReport> {
    public static final RuleReportSerializer INSTANCE = new RuleReportSerializer();
    public static final TypeInformation<RuleReport> TYPE = new HandWrittenType<>(RuleReport.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(RuleReport report, DataOutputView out) throws IOException {
        Binary.writeText(report.reporter(), out);
        Binary.writeText(report.rule(), out);
        out.writeLong(report.matches());
        out.writeLong(report.alerts());
        out.writeLong(report.groups());
        out.writeLong(report.waiting());
        out.writeLong(report.nanos());
        out.writeLong(report.warmUntil());
        Binary.writeText(report.quarantine(), out);
    }

    @Override
    protected RuleReport read(int version, DataInputView in) throws IOException {
        return new RuleReport(
                Binary.readText(in),
                Binary.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Binary.readText(in));
    }

    @Override
    public TypeSerializerSnapshot<RuleReport> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleReport> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
