package jp.hinomi.correlation.state;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.Match;
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
        return 2;
    }

    @Override
    protected void write(Routed routed, DataOutputView out) throws IOException {
        GroupKeySerializer.INSTANCE.serialize(routed.group(), out);
        MatchWriter matches = new MatchWriter(out);
        Binary.writeList(
                routed.matches(),
                (waiting, to) -> {
                    matches.write(waiting.match());
                    Binary.writeLong(waiting.due() - waiting.match().time(), to);
                },
                out);
    }

    @Override
    protected Routed read(int version, DataInputView in) throws IOException {
        GroupKey group = GroupKeySerializer.INSTANCE.deserialize(in);
        MatchReader matches = new MatchReader(version, in);
        if (version == 1) {
            return Routed.of(group, matches.match(), in.readLong());
        }
        return new Routed(
                group,
                Binary.readList(
                        from -> {
                            Match match = matches.match();
                            return new GroupState.Waiting(match, match.time() + Binary.readLong(from));
                        },
                        in));
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
