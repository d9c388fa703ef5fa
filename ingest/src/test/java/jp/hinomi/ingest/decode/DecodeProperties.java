package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.text.Utf8;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecodeProperties {
    private static final List<String> CHARSETS = List.of("UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP");

    @Property(tries = 2000)
    void anyBytesAreDecodedOrRejected(
            @ForAll("formats") String format, @ForAll("charsets") String charset, @ForAll byte[] bytes) {
        check(format, charset, bytes);
    }

    @Property(tries = 8000)
    void anyEditOfALineIsDecodedOrRejected(
            @ForAll("formats") String format, @ForAll("charsets") String charset, @ForAll("edits") List<Edit> edits) {
        for (String line : SampleLines.BY_FORMAT.get(format)) {
            byte[] bytes = line.getBytes(UTF_8);
            for (Edit edit : edits) {
                bytes = edit.apply(bytes);
            }
            check(format, charset, bytes);
        }
    }

    @Property(tries = 300)
    void samplesThemselvesAreDecoded(@ForAll("formats") String format) {
        for (String line : SampleLines.BY_FORMAT.get(format)) {
            assertThat(check(format, "UTF-8", line.getBytes(UTF_8))).as(line).isInstanceOf(Decoding.Decoded.class);
        }
    }

    /**
     * What a decoder makes of bytes: an event that keeps them exactly (those that are no text are written out, where a format
     * may hold such), or a reason. Never a defect, never U+FFFD of its own.
     */
    static Decoding check(String format, String charset, byte[] bytes) {
        byte[] before = bytes.clone();
        Charset declared = Charset.forName(charset);
        Decoding decoding = Decoders.of(format, DecoderTable.TOKYO, declared).decode(DecoderTable.record(bytes));
        assertThat(bytes).isEqualTo(before);
        if (decoding instanceof Decoding.Rejected rejected) {
            assertThat(rejected.reason()).isNotBlank().doesNotStartWith(TextDecoder.DEFECT);
            assertThat(rejected.byteOffset()).isBetween(0, bytes.length);
        } else {
            SecurityEvent event = ((Decoding.Decoded) decoding).event();
            DecoderTable.assertWellFormed(event);
            String original = event.text(Fields.EVENT_ORIGINAL);
            assertThat(original).isNotNull();
            if (charset.equals("UTF-8") && !format.equals("ecs-json")) {
                assertThat(Utf8.writtenOut(bytes, 0, bytes.length)).contains(original);
            }
            assertThat(EventJson.read(EventJson.write(event), "none")).isEqualTo(event);
        }
        return decoding;
    }

    /** One change at a place: overwrite, insert, delete up to {@code length}, or repeat what is there. */
    record Edit(int kind, double place, int length, byte value) {
        byte[] apply(byte[] bytes) {
            int at = (int) (place * bytes.length);
            int take = Math.min(length, bytes.length - at);
            byte[] middle = switch (kind) {
                case 0 -> new byte[] {value};
                case 1 -> join(new byte[] {value}, slice(bytes, at, at + take));
                case 2 -> new byte[0];
                default -> join(slice(bytes, at, at + take), slice(bytes, at, at + take));
            };
            int end = kind == 0 ? Math.min(at + 1, bytes.length) : at + take;
            return join(slice(bytes, 0, at), join(middle, slice(bytes, end, bytes.length)));
        }

        private static byte[] slice(byte[] bytes, int from, int to) {
            return java.util.Arrays.copyOfRange(bytes, from, to);
        }

        private static byte[] join(byte[] a, byte[] b) {
            byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, all, a.length, b.length);
            return all;
        }
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of(Decoders.formats());
    }

    @Provide
    Arbitrary<String> charsets() {
        return Arbitraries.of(CHARSETS);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        byte[] marks = " \"\\[]:=<>(){},-.%/@09\0\n\r\u00e6\u00ff\u0083\u001b".getBytes(ISO_8859_1);
        Arbitrary<Byte> interesting =
                Arbitraries.integers().between(0, marks.length - 1).map(index -> marks[index]);
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.doubles().between(0, 0.99),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.oneOf(interesting, Arbitraries.bytes()))
                .as(Edit::new);
        return edit.list().ofMinSize(1).ofMaxSize(4);
    }
}
