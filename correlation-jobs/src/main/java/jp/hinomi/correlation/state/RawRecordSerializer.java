package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records as they came. */
public final class RawRecordSerializer extends HandWritten<RawRecord> {
    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();
    public static final TypeInformation<RawRecord> TYPE = new HandWrittenType<>(RawRecord.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(RawRecord record, DataOutputView out) throws IOException {
        Binary.writeText(record.topic(), out);
        out.writeInt(record.partition());
        out.writeLong(record.offset());
        out.writeLong(record.appendMillis());
        Binary.writeBytes(record.key(), out);
        Binary.writeBytes(record.value(), out);
        Binary.writeList(
                record.headers(),
                (header, to) -> {
                    Binary.writeText(header.name(), to);
                    Binary.writeBytes(header.value(), to);
                },
                out);
    }

    @Override
    protected RawRecord read(int version, DataInputView in) throws IOException {
        return new RawRecord(
                Binary.readText(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                Binary.readBytes(in),
                Binary.readBytes(in),
                Binary.readList(from -> new RawRecord.Header(Binary.readText(from), Binary.readBytes(from)), in));
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
