package jp.hinomi.ingest.intel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;

/**
 * Remembers what indicators say about the past, to tell the news from what a feed only repeats: another text, another
 * confidence, a validity that ends later all the time. Keeps 24 bytes per indicator and free room for as many again. Not
 * thread-safe.
 */
public final class LookedUp {
    /** Nobody has been told of events that met it. */
    public static final long NEVER_TOLD = Long.MIN_VALUE;

    /** Of an id that is not in force. */
    private static final long NOTHING = 0;

    private long[] ids = new long[1 << 10];
    private long[] prints = new long[1 << 10];
    private long[] untils = new long[1 << 10];
    private int used;

    /**
     * Remembers the indicator, and tells whether the past has to be searched for it: it is new, names something else, holds
     * from another time on, or holds again after a while in which it did not.
     *
     * @param now milliseconds since the epoch; what begins later says nothing about the past
     */
    public boolean isNews(Indicator indicator, long now) {
        return news(indicator, now).isPresent();
    }

    /**
     * The same, and up to when the past has been searched for it already.
     *
     * @return empty if it is no news; else up to when events were told, in milliseconds since the epoch: the end of the
     *     validity of one that lapsed and holds again, {@link #NEVER_TOLD} of what is new
     */
    public OptionalLong news(Indicator indicator, long now) {
        if (indicator.revoked()) {
            forget(indicator.id());
            return OptionalLong.empty();
        }
        long print = fingerprint(indicator);
        int at = slot(hash(indicator.id()));
        boolean same = prints[at] == print;
        long until = untils[at];
        boolean lapsed = until < now && indicator.validUntil() > until;
        prints[at] = print;
        untils[at] = indicator.validUntil();
        return indicator.validFrom() <= now && (!same || lapsed)
                ? OptionalLong.of(same ? until : NEVER_TOLD)
                : OptionalLong.empty();
    }

    /** It was taken away; if it comes again, it is new. */
    public void forget(String id) {
        prints[slot(hash(id))] = NOTHING;
    }

    /** Where the id is, or is put now. */
    private int slot(long id) {
        if (used * 2 > ids.length) {
            grow();
        }
        int at = place(id);
        if (ids[at] == NOTHING) {
            ids[at] = id;
            used++;
        }
        return at;
    }

    private int place(long id) {
        int at = (int) id & ids.length - 1;
        while (ids[at] != NOTHING && ids[at] != id) {
            at = at + 1 & ids.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldIds = ids;
        long[] oldPrints = prints;
        long[] oldUntils = untils;
        ids = new long[oldIds.length * 2];
        prints = new long[ids.length];
        untils = new long[ids.length];
        used = 0;
        for (int i = 0; i < oldIds.length; i++) {
            // What is gone needs no place: it would be new anyway.
            if (oldPrints[i] != NOTHING) {
                int at = slot(oldIds[i]);
                prints[at] = oldPrints[i];
                untils[at] = oldUntils[i];
            }
        }
    }

    private static long hash(String text) {
        return first(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of what an indicator says about the past: what it looks for, and from when on. Never 0. */
    private static long fingerprint(Indicator indicator) {
        return first(IndicatorJson.write(
                whatItLooksFor(indicator).validFrom(indicator.validFrom()).build()));
    }

    /** Names what an indicator looks for, whenever it holds. Never 0. */
    public static long looksFor(Indicator indicator) {
        return first(IndicatorJson.write(whatItLooksFor(indicator).build()));
    }

    private static Indicator.Builder whatItLooksFor(Indicator indicator) {
        return Indicator.builder(indicator.id(), indicator.feed())
                .pattern(indicator.pattern())
                .observables(indicator.pattern().isBlank() ? indicator.observables() : List.of());
    }

    /** Eight bytes of SHA-256, so that nobody can make two the same. */
    private static long first(byte[] bytes) {
        try {
            long value = ByteBuffer.wrap(
                            Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), Long.BYTES))
                    .getLong();
            return value == NOTHING ? 1 : value;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
