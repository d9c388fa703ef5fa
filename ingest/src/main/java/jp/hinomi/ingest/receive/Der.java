package jp.hinomi.ingest.receive;

import java.io.ByteArrayOutputStream;

/** Writes the little of DER (X.690) that wrapping a key needs. Stateless. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return of(0x30, content.toByteArray());
    }

    static byte[] integer(int value) {
        return of(0x02, java.math.BigInteger.valueOf(value).toByteArray());
    }

    static byte[] of(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] bytes = java.math.BigInteger.valueOf(length).toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            out.write(0x80 | bytes.length - from);
            out.write(bytes, from, bytes.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
