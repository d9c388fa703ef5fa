package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lines with parts of other lines in them, with parts missing, doubled and run into each other, which neither a hand nor the
 * search by coverage writes: {@code -Dhinomi.rounds=100000000} for hours, {@code -Dhinomi.seed=N} to see one again.
 */
class MixedLinesTest {
    private static final int ROUNDS = Integer.getInteger("hinomi.rounds", 40_000);
    private static final long SEED = Long.getLong("hinomi.seed", System.nanoTime());
    private static final String[] CHARSETS = {"UTF-8", "UTF-8", "UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"};
    private static final byte[] MARKS =
            " \"\\[]:=<>(){},-.%/@09|;'#$+!*TZe\0\n\r\u00e6\u00ff\u0083\u001b".getBytes(ISO_8859_1);
    /** What sounds like a number and is none, and letters whose lower or upper case is longer or shorter than they are. */
    private static final List<String> WORDS = List.of(
            "99999999999999999999",
            "-1",
            "1e999",
            "NaN",
            "0x7f",
            "\u0130",
            "\u00df",
            "\u212a",
            "\ufb01",
            "\ud83d\ude00");

    private static final int LONGEST = 6_000;

    private final List<String> formats = List.copyOf(Decoders.formats());
    private final Random random = new Random(SEED);

    @Test
    void anyMixtureIsDecodedOrRejected() {
        for (int round = 0; round < ROUNDS; round++) {
            String format = any(formats);
            String charset = CHARSETS[random.nextInt(CHARSETS.length)];
            byte[] record = line(format);
            for (int changes = 1 + random.nextInt(5); changes > 0 && record.length <= LONGEST; changes--) {
                record = changed(record, format);
            }
            check(format, charset, record);
        }
    }

    /** What was found so: parts that overlap, a form of time that the JDK fails on, numbers that are none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '`',
            value = {
                "mosquitto\t1775005206: Denied PUBLISH from thermo-17 (d0, q1, r1, m2, ', ... (5 bytes))",
                "haproxy\t<134>Apr  1 10:00:08 haproxy[7078]: Connect from 203.0.113.7:39992 to (plain/TCP)",
                "apache\t[We] Apr 01 10:00:05.407411 2026] [s:error] [pid 2:tid 3] [client 203.0.113.7:542] x",
                "leef\tLEEF:2.0|E|I|1|f|^|devTime=2026/04/01 10:00:01^devTimeFormat=yyyy/MM/dd HH:mm:sypes",
                "ecs-json\t{\"@timestamp\":\"2026-04-01T10:00:00Z\",\"event.risk_score\":\"1e3000\",\"n\":1e3000}",
                "emqx\t2026-04-01T10:00:02.0+09:00 [warning] t@1.2.3.4:4 [Channel] Client t (Username: ') login failed for b",
                "emqx\t{\"action\":\"client_connected\",\"clientid\":\"t\",\"keepalive\":6e890,\"connected_at\":1775e5208}",
            })
    void whatWasFoundIsDecodedOrRejected(String format, String line) {
        check(format, "UTF-8", line.getBytes(UTF_8));
    }

    /** A control character that ISO-2022-JP reads and cannot write takes more bytes than the record had. */
    @Test
    void thePlaceOfAReasonLiesInTheRecord() {
        check("auto", "ISO-2022-JP", "{\"timestampe\":\"2026-04-01T1\016:00:00.1+0:00.1+".getBytes(UTF_8));
    }

    private static void check(String format, String charset, byte[] record) {
        try {
            DecodeProperties.check(format, charset, record);
        } catch (Throwable e) {
            throw new AssertionError(
                    "-Dhinomi.seed=" + SEED + ": " + format + " in " + charset + ", "
                            + Base64.getEncoder().encodeToString(record) + ":\n"
                            + new String(record, Charset.forName(charset)),
                    e);
        }
    }

    private byte[] changed(byte[] record, String format) {
        boolean atMarks = random.nextBoolean();
        int at = place(record, random.nextInt(record.length + 1), atMarks);
        int end =
                place(record, Math.min(record.length, at + random.nextInt(random.nextInt(3) == 0 ? 400 : 40)), atMarks);
        return switch (random.nextInt(8)) {
            case 0 ->
                joined(record, at, part(line(any(formats))), end); // from another format, in place of what was here
            case 1 -> joined(record, at, part(line(format)), at); // from its own, between
            case 2 -> joined(record, at, new byte[0], end); // what stood around it runs into each other
            case 3 -> joined(record, at, new byte[] {mark()}, at);
            case 4 -> joined(record, at, new byte[] {mark()}, Math.min(record.length, at + 1));
            case 5 -> joined(record, at, new byte[] {mark()}, end);
            case 6 -> joined(record, at, any(WORDS).getBytes(UTF_8), random.nextBoolean() ? at : end);
            default -> joined(record, end, slice(record, at, end), end); // twice
        };
    }

    /** Between marks: two of them come to stand side by side, or share a character, where a decoder looks for both. */
    private int place(byte[] record, int from, boolean atMarks) {
        int at = from;
        while (atMarks && at < record.length && Character.isLetterOrDigit(record[at] & 0xFF)) {
            at++;
        }
        return Math.min(record.length, at + (atMarks ? random.nextInt(3) : 0));
    }

    private byte mark() {
        return random.nextInt(3) > 0 ? MARKS[random.nextInt(MARKS.length)] : (byte) random.nextInt(256);
    }

    private byte[] line(String format) {
        return any(SampleLines.BY_FORMAT.get(format)).getBytes(UTF_8);
    }

    private byte[] part(byte[] line) {
        int from = random.nextInt(line.length);
        return slice(line, from, Math.min(line.length, from + random.nextInt(60)));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[] record, int before, byte[] between, int after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(record, 0, before);
        out.writeBytes(between);
        out.write(record, after, record.length - after);
        return out.toByteArray();
    }
}
