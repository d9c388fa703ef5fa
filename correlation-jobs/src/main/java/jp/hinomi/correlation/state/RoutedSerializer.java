package jp.hinomi.correlation.state;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Matches on their way. */
public final class RoutedSerializer extends HandWritten<Routed> {
    public static final RoutedSerializer INSTANCE = new RoutedSerializer();
    public static final TypeInformation<Routed> TYPE = new HandWrittenType<>(Routed.class, INSTANCE);
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Routed routed, DataOutputView out) throws IOException {
        GroupKeySerializer.INSTANCE.serialize(routed.group(), out);
        MatchCodec.write(routed.match(), out);
        out.writeLong(routed.due());
    }

    @Override
    protected Routed read(int version, DataInputView in) throws IOException {
        return new Routed(GroupKeySerializer.INSTANCE.deserialize(in), MatchCodec.read(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Routed> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Routed> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** For whoever asks Flink for the type of a record by its class. */
    public static final class Factory extends TypeInfoFactory<Routed> {
        @Override
        public TypeInformation<Routed> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return TYPE;
        }
    }
}
