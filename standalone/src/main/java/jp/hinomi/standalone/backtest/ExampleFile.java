package jp.hinomi.standalone.backtest;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Examples on the disk: which of a million alerts are shown is known only when all have come. Not thread-safe. */
final class ExampleFile implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;
    private long size;

    ExampleFile() throws IOException {
        file = Files.createTempFile("hinomi-backtest", ".examples");
        OutputStream written = Files.newOutputStream(file);
        out = new DataOutputStream(new BufferedOutputStream(written, 1 << 16));
    }

    /** Where it can be read. */
    long add(Example example) {
        byte[] bytes = example.bytes();
        long at = size;
        try {
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write examples to " + file + ": make room there, or set java.io.tmpdir", e);
        }
        size += Integer.BYTES + bytes.length;
        return at;
    }

    Example read(long at) {
        try {
            out.flush();
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(at);
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                return Example.read(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read examples from " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
