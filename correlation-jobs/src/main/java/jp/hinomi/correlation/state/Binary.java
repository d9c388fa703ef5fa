package jp.hinomi.correlation.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Texts, numbers and lists as bytes. Texts may be longer than the 64 KB of {@code writeUTF}; null is allowed for bytes. */
final class Binary {
    private Binary() {}

    interface Writer<T> {
        void write(T value, DataOutputView out) throws IOException;
    }

    interface Reader<T> {
        T read(DataInputView in) throws IOException;
    }

    static void writeText(String text, DataOutputView out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInputView in) throws IOException {
        return LatestTexts.of(readBytes(in));
    }

    /** Length plus one, so that zero means null. */
    static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            writeSize(0, out);
        } else {
            writeSize(bytes.length + 1, out);
            out.write(bytes);
        }
    }

    static byte[] readBytes(DataInputView in) throws IOException {
        int size = readSize(in);
        if (size == 0) {
            return null;
        }
        byte[] bytes = new byte[size - 1];
        in.readFully(bytes);
        return bytes;
    }

    /** Seven bits a byte, low ones first; not negative. */
    static void writeSize(int size, DataOutputView out) throws IOException {
        int rest = size;
        while (rest > 0x7F) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static int readSize(DataInputView in) throws IOException {
        int size = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            size |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return size;
            }
        }
    }

    /** As {@link #writeSize}, for numbers that are mostly small and may be any. */
    static void writeLong(long number, DataOutputView out) throws IOException {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readLong(DataInputView in) throws IOException {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            long next = in.readUnsignedByte();
            number |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
    }

    static <T> void writeList(List<T> list, Writer<T> writer, DataOutputView out) throws IOException {
        writeSize(list.size(), out);
        for (T element : list) {
            writer.write(element, out);
        }
    }

    static <T> List<T> readList(Reader<T> reader, DataInputView in) throws IOException {
        int size = readSize(in);
        List<T> list = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            list.add(reader.read(in));
        }
        return list;
    }
}
