package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Events: fields of the dictionary by their number, others by name. */
public final class EventSerializer extends HandWritten<SecurityEvent> {
    public static final EventSerializer INSTANCE = new EventSerializer();
    public static final TypeInformation<SecurityEvent> TYPE = new HandWrittenType<>(SecurityEvent.class, INSTANCE);
    private static final long serialVersionUID = 1;

    /** The dictionary only grows at its end, so a field's position is its number for ever. */
    private static final List<Field> BY_NUMBER = List.copyOf(Fields.dictionary());

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < BY_NUMBER.size(); i++) {
            NUMBERS.put(BY_NUMBER.get(i).name(), i);
        }
    }

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(SecurityEvent event, DataOutputView out) throws IOException {
        Binary.writeText(event.id(), out);
        out.writeLong(event.timestampMillis());
        out.writeLong(event.correlationMillis());
        writeFields(event, out);
    }

    /** All but id and correlation time. */
    static void writeContent(SecurityEvent event, DataOutputView out) throws IOException {
        Binary.writeLong(event.correlationMillis() - event.timestampMillis(), out);
        writeFields(event, out);
    }

    static SecurityEvent readContent(String id, long correlationMillis, DataInputView in) throws IOException {
        long timestamp = correlationMillis - Binary.readLong(in);
        return readFields(new SecurityEvent.Builder(id, timestamp).correlationMillis(correlationMillis), in);
    }

    private static void writeFields(SecurityEvent event, DataOutputView out) throws IOException {
        List<Map.Entry<String, Object>> fields = new ArrayList<>(24);
        event.forEach((name, value) -> fields.add(Map.entry(name, value)));
        Binary.writeSize(fields.size(), out);
        for (Map.Entry<String, Object> field : fields) {
            Integer number = NUMBERS.get(field.getKey());
            Binary.writeSize(number == null ? 0 : number + 1, out);
            if (number == null) {
                Binary.writeText(field.getKey(), out);
            }
            writeValue(field.getValue(), out);
        }
    }

    @Override
    protected SecurityEvent read(int version, DataInputView in) throws IOException {
        String id = Binary.readText(in);
        SecurityEvent.Builder event = new SecurityEvent.Builder(id, in.readLong()).correlationMillis(in.readLong());
        return readFields(event, in);
    }

    private static SecurityEvent readFields(SecurityEvent.Builder event, DataInputView in) throws IOException {
        int fields = Binary.readSize(in);
        for (int i = 0; i < fields; i++) {
            int number = Binary.readSize(in);
            Field field = number == 0 ? Fields.of(Binary.readText(in)) : BY_NUMBER.get(number - 1);
            event.put(field, readValue(in));
        }
        return event.build();
    }

    private static void writeValue(Object value, DataOutputView out) throws IOException {
        if (value instanceof String text) {
            out.writeByte('s');
            Binary.writeText(text, out);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 't' : 'f');
        } else if (value instanceof List<?> list) {
            out.writeByte('a');
            Binary.writeList(list, EventSerializer::writeValue, out);
        } else {
            throw new IOException("no event has a value of " + value.getClass());
        }
    }

    private static Object readValue(DataInputView in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 's' -> Binary.readText(in);
            case 'l' -> in.readLong();
            case 'd' -> in.readDouble();
            case 't' -> Boolean.TRUE;
            case 'f' -> Boolean.FALSE;
            case 'a' -> Binary.readList(EventSerializer::readValue, in);
            default -> throw new IOException("not the beginning of a value: " + kind);
        };
    }

    @Override
    public TypeSerializerSnapshot<SecurityEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SecurityEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
