package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.correlation.engine.GroupKey;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keys of state. RocksDB compares their bytes, so version 1 stays as it is. */
public final class GroupKeySerializer extends HandWritten<GroupKey> {
    public static final GroupKeySerializer INSTANCE = new GroupKeySerializer();
    public static final TypeInformation<GroupKey> TYPE = new HandWrittenType<>(GroupKey.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(GroupKey key, DataOutputView out) throws IOException {
        Binary.writeText(key.correlation(), out);
        Binary.writeList(key.values(), Binary::writeText, out);
    }

    @Override
    protected GroupKey read(int version, DataInputView in) throws IOException {
        return new GroupKey(Binary.readText(in), Binary.readList(Binary::readText, in));
    }

    @Override
    public TypeSerializerSnapshot<GroupKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<GroupKey> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
