package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.fuzz.Cost;
import jp.hinomi.ingest.intel.PatternException;
import jp.hinomi.ingest.intel.StixPattern;

/**
 * What the fuzzer feeds: four bytes that choose, then the record. The first chooses the format, or a STIX pattern instead; the
 * second the charset; the others may say that a part is repeated up to 64 KiB, which shows what does not cost in proportion.
 */
public final class DecoderFuzz {
    private static final String PATTERN = "stix-pattern";
    private static final List<String> PATTERNS = List.of(
            "[ipv4-addr:value ISSUBSET '203.0.113.0/24' OR domain-name:value IN ('a.example', 'b.example')]",
            "[file:hashes.'SHA-256' = '00' AND file:size >= 4097] FOLLOWEDBY [url:value LIKE 'http://a.example/%']",
            "([user-account:user_id = 'a'] OR [network-traffic:dst_port != 22]) START t'2026-04-01T00:00:00Z' STOP t'2026-04-02T00:00:00Z'",
            "[process:command_line MATCHES '^a+$' AND ipv6-addr:value = '2001:db8::7']");

    private static final List<String> FORMATS =
            Stream.concat(Decoders.formats().stream(), Stream.of(PATTERN)).toList();
    private static final List<String> CHARSETS = List.of("UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP");
    private static final SecurityEvent EVENT = new DecoderTable("ecs-json")
            .event(SampleLines.BY_FORMAT.get("ecs-json").get(0));

    /** System property: the one format that this process tries, whatever the first byte chooses. */
    static final String FORMAT = "hinomi.fuzz.format";

    private static final String ONLY = System.getProperty(FORMAT);

    private static final int HEADER = 4;
    private static final int STRETCHED = 64 << 10;

    private DecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        String format = ONLY != null ? ONLY : FORMATS.get(Byte.toUnsignedInt(input[0]) % FORMATS.size());
        // UTF-8 more often than all others together.
        String charset = CHARSETS.get(Math.max(0, Byte.toUnsignedInt(input[1]) % 8 - 4));
        byte[] record = stretched(input, Byte.toUnsignedInt(input[2]), Byte.toUnsignedInt(input[3]));
        check(format, charset, record);
    }

    /** Also for records that were found earlier. */
    static void check(String format, String charset, byte[] record) {
        if (format.equals(PATTERN)) {
            String text = new String(record, Charset.forName(charset));
            Cost.check(record.length, () -> look(text));
            return;
        }
        Decoder decoder = Decoders.of(format, DecoderTable.TOKYO, Charset.forName(charset));
        Cost.check(record.length, () -> decoder.decode(DecoderTable.record(record)));
        if (record.length < STRETCHED) {
            DecodeProperties.check(format, charset, record);
        }
    }

    /** A pattern can be looked for, or the reason why not says where. */
    private static void look(String text) {
        try {
            StixPattern pattern = StixPattern.of(text);
            pattern.holds(EVENT);
            pattern.observables();
        } catch (PatternException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason: " + text, e);
            }
        }
    }

    /** Whole lines of every format, and patterns. */
    static Map<String, List<String>> seeds() {
        Map<String, List<String>> seeds = new TreeMap<>(SampleLines.BY_FORMAT);
        seeds.put(PATTERN, PATTERNS);
        return seeds;
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
