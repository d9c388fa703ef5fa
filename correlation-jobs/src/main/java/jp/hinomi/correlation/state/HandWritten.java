package jp.hinomi.correlation.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of an immutable type that puts its version in front of each value, so that a later release reads what an
 * earlier one wrote.
 */
public abstract class HandWritten<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1;

    /** The version that {@link #write} writes; every one that was ever released stays readable. */
    protected abstract int version();

    protected abstract void write(T value, DataOutputView out) throws IOException;

    protected abstract T read(int version, DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView out) throws IOException {
        out.writeByte(version());
        write(value, out);
    }

    @Override
    public final T deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version == 0 || version > version()) {
            throw new IOException(getClass().getSimpleName() + " knows versions 1 to " + version() + ", not " + version
                    + ": the state was written by a newer release, start that one");
        }
        return read(version, in);
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    /** Null: immutable values are never filled in place. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }
}
