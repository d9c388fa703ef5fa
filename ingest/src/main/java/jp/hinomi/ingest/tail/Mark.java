package jp.hinomi.ingest.tail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How to know again what has been read: digests of a file's beginning and of what stands before a place in it. A renamed
 * file, a copy and a compressed copy all match; a file that was emptied and written anew, or another one with the
 * same inode, does not.
 *
 * @param offset the place, in bytes
 * @param head digest of the first bytes
 * @param tail digest of the bytes before the place
 */
record Mark(long offset, String head, String tail) {
    private static final int HEAD = 1024;
    private static final int TAIL = 256;
    private static final int DIGITS = 32;

    static final Mark BEGINNING = new Mark(0, "", "");

    /** @throws IOException also if the file is shorter than that */
    static Mark of(FileChannel file, long offset) throws IOException {
        if (offset == 0) {
            return BEGINNING;
        }
        int head = (int) Math.min(HEAD, offset);
        int tail = (int) Math.min(TAIL, offset);
        return new Mark(offset, digest(bytes(file, 0, head)), digest(bytes(file, offset - tail, tail)));
    }

    boolean matches(FileChannel file) throws IOException {
        return file.size() >= offset && of(file, offset).equals(this);
    }

    /** Whether an uncompressed file matches. */
    boolean isIn(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return matches(channel);
        }
    }

    /** @throws IOException also if the stream is shorter than that */
    static Mark of(InputStream in, long offset) throws IOException {
        if (offset == 0) {
            return BEGINNING;
        }
        byte[] head = in.readNBytes((int) Math.min(HEAD, offset));
        return new Mark(offset, digest(head), digest(tail(in, head, offset)));
    }

    /**
     * Reads the stream up to the place; it matches if all was as marked.
     *
     * @throws IOException also if its beginning matches and it ends before the place
     */
    boolean matches(InputStream in) throws IOException {
        if (offset == 0) {
            return true;
        }
        byte[] beginning = in.readNBytes((int) Math.min(HEAD, offset));
        return digest(beginning).equals(head)
                && digest(tail(in, beginning, offset)).equals(tail);
    }

    /** What stands before the place, after the beginning has been read. */
    private static byte[] tail(InputStream in, byte[] beginning, long offset) throws IOException {
        int length = (int) Math.min(TAIL, offset);
        in.skipNBytes(Math.max(0, offset - length - beginning.length));
        int missing = (int) Math.min(length, offset - beginning.length);
        byte[] rest = in.readNBytes(missing);
        if (rest.length < missing) {
            throw new EOFException("the stream has become shorter");
        }
        byte[] tail = new byte[length];
        int ofBeginning = length - rest.length;
        System.arraycopy(beginning, beginning.length - ofBeginning, tail, 0, ofBeginning);
        System.arraycopy(rest, 0, tail, ofBeginning, rest.length);
        return tail;
    }

    private static byte[] bytes(FileChannel file, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        return buffer.array();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
