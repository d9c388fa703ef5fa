package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.text.MalformedText;
import jp.hinomi.ingest.decode.text.StrictText;

/**
 * What all formats share: bytes become text in the source's charset or the record is refused; byte-order mark, line end
 * and trailing NUL bytes are no part of the text; nothing escapes as an exception.
 */
public abstract class TextDecoder implements Decoder {
    private final String format;
    private final StrictText reader;

    protected TextDecoder(String format, Charset charset) {
        this.format = format;
        this.reader = new StrictText(charset);
    }

    @Override
    public final String format() {
        return format;
    }

    @Override
    public final Decoding decode(LogRecord record) {
        byte[] bytes = record.value();
        int from = begin(bytes);
        int to = end(bytes, from);
        if (from == to) {
            return empty();
        }
        try {
            String text = text(bytes, from, to);
            // Bytes that only switch the character set, as ISO-2022-JP has them, are no text.
            return text.isEmpty() ? empty() : within(bytes.length, decode(text, record));
        } catch (MalformedText e) {
            return new Decoding.Rejected(format, e.getMessage(), e.byteOffset());
        } catch (RuntimeException e) {
            // A defect of ours must cost one record, never the job: the record is kept in rejects with what we know.
            return new Decoding.Rejected(format, DEFECT + e + ": please report it with this record", 0);
        }
    }

    /** The text of a record. A format whose records may hold bytes that are none overrides it and writes them out. */
    protected String text(byte[] bytes, int from, int to) throws MalformedText {
        return reader.read(bytes, from, to);
    }

    /** The index of the first byte of text, after a byte-order mark. */
    protected static int begin(byte[] bytes) {
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    /** The index after the last byte of text, before line end and NUL bytes. */
    protected static int end(byte[] bytes, int from) {
        int to = bytes.length;
        while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r' || bytes[to - 1] == 0)) {
            to--;
        }
        return to;
    }

    /** Counted in characters written anew, an offset may lie behind a record whose charset has two ways to write them. */
    private static Decoding within(int length, Decoding decoding) {
        return decoding instanceof Decoding.Rejected rejected && rejected.byteOffset() > length
                ? new Decoding.Rejected(rejected.decoder(), rejected.reason(), length)
                : decoding;
    }

    private Decoding empty() {
        return new Decoding.Rejected(format, "empty record: make the sender skip empty lines", 0);
    }

    /** How the reason of a record begins that met a defect in a decoder. */
    static final String DEFECT = "defect in the decoder: ";

    /** @param text the whole record, without byte-order mark and line end */
    protected abstract Decoding decode(String text, LogRecord record);

    /** @param millis the event's time as far as it is known yet */
    protected final EventDraft draft(String text, LogRecord record, long millis) {
        return EventDraft.of(record.origin(), text, millis).kind("event").text(Fields.CITY_SOURCE, record.sourceId());
    }

    /** @param index of the character that the reason is about */
    protected final Decoding reject(String text, int index, String reason) {
        int end = Math.min(Math.max(index, 0), text.length());
        int offset = text.substring(0, end)
                .getBytes(reader.charset().canEncode() ? reader.charset() : StandardCharsets.UTF_8)
                .length;
        return new Decoding.Rejected(format, reason, offset);
    }

    /** The beginning of a text, for reasons: short and without control characters. */
    protected static String excerpt(String text, int from) {
        int start = Math.min(from, text.length());
        int end = Math.min(text.length(), start + 40);
        StringBuilder out = new StringBuilder(44).append('\'');
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\u00B7' : c);
        }
        return out.append(end < text.length() ? "…'" : "'").toString();
    }
}
