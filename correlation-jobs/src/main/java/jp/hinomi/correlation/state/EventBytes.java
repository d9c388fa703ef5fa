package jp.hinomi.correlation.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import jp.hinomi.correlation.engine.LogEvent;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Log events as {@link EventSerializer} writes what is in them. Thread-safe. */
final class EventBytes implements LogEvent.Codec {
    static final EventBytes INSTANCE = new EventBytes();

    /** Most events are smaller; a larger one makes a buffer of its own. */
    private static final int USUAL = 4096;

    private static final ThreadLocal<DataOutputSerializer> BUFFER =
            ThreadLocal.withInitial(() -> new DataOutputSerializer(USUAL));

    private EventBytes() {}

    @Override
    public byte[] write(SecurityEvent event) {
        DataOutputSerializer buffer = BUFFER.get();
        buffer.clear();
        try {
            EventSerializer.writeContent(event, buffer);
            byte[] bytes = buffer.getCopyOfBuffer();
            if (bytes.length > USUAL) {
                BUFFER.remove(); // one huge event is no reason to keep a huge buffer
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write event " + event.id(), e);
        }
    }

    @Override
    public SecurityEvent read(String id, long correlationMillis, byte[] bytes) {
        try {
            return EventSerializer.readContent(id, correlationMillis, new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the " + bytes.length + " bytes of event " + id, e);
        }
    }
}
