package jp.hinomi.ingest.intel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Tlp;

/**
 * How an indicator lies in memory. A header of fixed width, so that whether it counts is known without reading the rest:
 * length (4 bytes), flags, confidence + 1, TLP, then valid-from, valid-until and modified (8 bytes each). Then texts
 * (feed, name, description, provider, reference), lists of texts (types, labels, threats, phases), the pattern, and keys:
 * how many there are, and each as kind, length, bytes; the first is the id. See {@link Form} for what else they are.
 */
final class Record {
    static final int HEADER = 31;

    /** Replaced or taken away; waits for the index to be made anew. */
    static final int DEAD = 1;
    /** A key is not enough: the pattern decides. */
    static final int RESIDUAL = 2;

    /** What follows from what, so that nothing is kept twice. */
    enum Form {
        /** There is no pattern; the keys are the observables. */
        OBSERVABLES(0),
        /** The pattern is kept, and read again for its observables; the keys are what leads to it. */
        PATTERN(4),
        /** The one key is the observable, and the pattern is the usual one for it. */
        USUAL_PATTERN(8);

        private final int flag;

        Form(int flag) {
            this.flag = flag;
        }

        int flag() {
            return flag;
        }
    }

    private static final int FLAGS = 4;
    private static final int CONFIDENCE = 5;
    private static final int TLP = 6;
    private static final int VALID_FROM = 7;
    private static final int VALID_UNTIL = 15;
    private static final int MODIFIED = 23;

    private static final Tlp[] TLPS = Tlp.values();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Record() {}

    static void header(
            byte[] record,
            int length,
            int flags,
            int confidence,
            int tlp,
            long validFrom,
            long validUntil,
            long modified) {
        INT.set(record, 0, length);
        record[FLAGS] = (byte) flags;
        record[CONFIDENCE] = (byte) (confidence + 1);
        record[TLP] = (byte) tlp;
        LONG.set(record, VALID_FROM, validFrom);
        LONG.set(record, VALID_UNTIL, validUntil);
        LONG.set(record, MODIFIED, modified);
    }

    static int length(byte[] block, int at) {
        return (int) INT.get(block, at);
    }

    static boolean isDead(byte[] block, int at) {
        return (block[at + FLAGS] & DEAD) != 0;
    }

    static boolean isResidual(byte[] block, int at) {
        return (block[at + FLAGS] & RESIDUAL) != 0;
    }

    static void kill(byte[] block, int at) {
        block[at + FLAGS] |= DEAD;
    }

    static boolean isValidAt(byte[] block, int at, long millis) {
        return (long) LONG.get(block, at + VALID_FROM) <= millis && millis < (long) LONG.get(block, at + VALID_UNTIL);
    }

    static int confidence(byte[] block, int at) {
        return block[at + CONFIDENCE] - 1;
    }

    /** Whether the key at that place is this one. */
    static boolean keyIs(byte[] block, int keyAt, int kind, byte[] key) {
        if (block[keyAt] != kind) {
            return false;
        }
        Cursor cursor = new Cursor(block, keyAt + 1);
        int length = cursor.number();
        return length == key.length && Arrays.equals(block, cursor.at, cursor.at + length, key, 0, length);
    }

    /** Calls the visitor with every key and where it begins, counted from the beginning of the record. */
    static void forEachKey(byte[] block, int at, ObjIntConsumer<Key> visitor) {
        Cursor cursor = new Cursor(block, at + HEADER);
        for (int i = 0; i < 5; i++) {
            cursor.skipText();
        }
        for (int i = 0; i < 4; i++) {
            cursor.skipTexts();
        }
        cursor.raw();
        int count = cursor.number();
        for (int i = 0; i < count; i++) {
            int offset = cursor.at - at;
            visitor.accept(cursor.key(), offset);
        }
    }

    static Indicator read(byte[] block, int at, Words words, Words texts) {
        Cursor cursor = new Cursor(block, at + HEADER);
        String feed = cursor.text(words);
        Indicator.About about = new Indicator.About(
                cursor.text(texts),
                cursor.text(texts),
                cursor.text(words),
                cursor.text(texts),
                cursor.list(words),
                cursor.list(words),
                cursor.list(words),
                cursor.list(words));
        String pattern = new String(cursor.raw(), StandardCharsets.UTF_8);
        int keys = cursor.number();
        String id = cursor.key().text();
        List<Observable> named = new ArrayList<>(keys - 1);
        if ((block[at + FLAGS] & Form.PATTERN.flag()) != 0) {
            named.addAll(StixPattern.of(pattern).observables());
        } else {
            for (int i = 1; i < keys; i++) {
                named.add(cursor.key().observable());
            }
            if ((block[at + FLAGS] & Form.USUAL_PATTERN.flag()) != 0) {
                pattern = StixPattern.of(named.get(0));
            }
        }
        return new Indicator(
                id,
                feed,
                about,
                pattern,
                named,
                (long) LONG.get(block, at + VALID_FROM),
                (long) LONG.get(block, at + VALID_UNTIL),
                confidence(block, at),
                TLPS[block[at + TLP]],
                false,
                (long) LONG.get(block, at + MODIFIED));
    }

    /** Reads forward through a record. */
    private static final class Cursor {
        private final byte[] block;
        private int at;

        Cursor(byte[] block, int at) {
            this.block = block;
            this.at = at;
        }

        int number() {
            int value = 0;
            int shift = 0;
            while (block[at] < 0) {
                value |= (block[at++] & 0x7F) << shift;
                shift += 7;
            }
            return value | block[at++] << shift;
        }

        byte[] raw() {
            int length = number();
            byte[] value = Arrays.copyOfRange(block, at, at + length);
            at += length;
            return value;
        }

        String text(Words kept) {
            int word = number();
            return word > 0 ? kept.word(word - 1) : new String(raw(), StandardCharsets.UTF_8);
        }

        void skipText() {
            if (number() == 0) {
                raw();
            }
        }

        void skipTexts() {
            int count = number();
            for (int i = 0; i < count; i++) {
                skipText();
            }
        }

        List<String> list(Words kept) {
            int count = number();
            if (count == 0) {
                return List.of();
            }
            List<String> texts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                texts.add(text(kept));
            }
            return texts;
        }

        Key key() {
            int kind = block[at++];
            return Key.ofBytes(kind, raw());
        }
    }
}
