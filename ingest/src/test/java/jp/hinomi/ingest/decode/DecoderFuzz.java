package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import jp.hinomi.ingest.fuzz.Cost;

/**
 * What the fuzzer feeds: four bytes that choose, then the record. The first chooses the format, the second the charset; the
 * others may say that a part of the record is repeated up to 64 KiB, which shows what does not cost in proportion.
 */
public final class DecoderFuzz {
    private static final List<String> FORMATS = List.copyOf(Decoders.formats());
    private static final List<String> CHARSETS = List.of("UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP");
    private static final int HEADER = 4;
    private static final int STRETCHED = 64 << 10;

    private DecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        String format = FORMATS.get(Byte.toUnsignedInt(input[0]) % FORMATS.size());
        // UTF-8 more often than all others together.
        String charset = CHARSETS.get(Math.max(0, Byte.toUnsignedInt(input[1]) % 8 - 4));
        byte[] record = stretched(input, Byte.toUnsignedInt(input[2]), Byte.toUnsignedInt(input[3]));
        check(format, charset, record);
    }

    /** Also for records that were found earlier. */
    static void check(String format, String charset, byte[] record) {
        Decoder decoder = Decoders.of(format, DecoderTable.TOKYO, Charset.forName(charset));
        Cost.check(record.length, () -> decoder.decode(DecoderTable.record(record)));
        if (record.length < STRETCHED) {
            DecodeProperties.check(format, charset, record);
        }
    }

    /** An input that makes the fuzzer try the line as it is. */
    static byte[] seed(String format, String line) {
        byte[] record = line.getBytes(UTF_8);
        byte[] input = new byte[HEADER + record.length];
        input[0] = (byte) FORMATS.indexOf(format);
        System.arraycopy(record, 0, input, HEADER, record.length);
        return input;
    }

    private static byte[] stretched(byte[] input, int place, int how) {
        int length = input.length - HEADER;
        boolean asItIs = (how & 15) != 15 || length == 0;
        int from = HEADER + (asItIs ? 0 : place * length / 256);
        int to = Math.min(input.length, from + 1 + (how >> 4) * 2);
        ByteArrayOutputStream record = new ByteArrayOutputStream(asItIs ? length : STRETCHED + length);
        record.write(input, HEADER, from - HEADER);
        while (!asItIs && record.size() < STRETCHED) {
            record.write(input, from, to - from);
        }
        record.write(input, from, input.length - from);
        return record.toByteArray();
    }
}
