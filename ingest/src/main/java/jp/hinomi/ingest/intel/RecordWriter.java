package jp.hinomi.ingest.intel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.hinomi.events.Indicator;

/** Writes an indicator as the bytes of one record; {@link Record} has the layout. Reused; not thread-safe. */
final class RecordWriter {
    private final Words words;
    private final Words texts;
    private byte[] bytes = new byte[1024];
    private int length;

    /** Where in the record each key begins, in the order of the keys given. */
    private final List<Integer> keyOffsets = new ArrayList<>();

    RecordWriter(Words words, Words texts) {
        this.words = words;
        this.texts = texts;
    }

    void write(IntelIndex.Ways ways) {
        Indicator indicator = ways.indicator();
        length = Record.HEADER;
        keyOffsets.clear();
        Indicator.About about = indicator.about();
        text(words, indicator.feed());
        text(texts, about.name());
        text(texts, about.description());
        text(words, about.provider());
        text(texts, about.reference());
        list(about.types());
        list(about.labels());
        list(about.threats());
        list(about.phases());
        String pattern = ways.form() == Record.Form.PATTERN ? indicator.pattern() : "";
        raw(pattern.getBytes(StandardCharsets.UTF_8));
        number(ways.keys().size());
        for (Key key : ways.keys()) {
            keyOffsets.add(length);
            one(key.kind());
            raw(key.bytes());
        }
        Record.header(
                bytes,
                length,
                (ways.residual() == null ? 0 : Record.RESIDUAL) | ways.form().flag(),
                indicator.confidence(),
                indicator.tlp().ordinal(),
                indicator.validFrom(),
                indicator.validUntil(),
                indicator.modified());
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    int keyOffset(int key) {
        return keyOffsets.get(key);
    }

    private void list(List<String> list) {
        number(list.size());
        list.forEach(word -> text(words, word));
    }

    /** A text that is kept once: its number, from 1; else 0 and the text. */
    private void text(Words kept, String text) {
        int word = kept.number(text);
        number(word + 1);
        if (word < 0) {
            raw(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void raw(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void number(int value) {
        int left = value;
        while (left > 0x7F) {
            one(left & 0x7F | 0x80);
            left >>>= 7;
        }
        one(left);
    }

    private void one(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
