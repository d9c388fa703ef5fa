package jp.hinomi.events;

import java.util.List;
import java.util.Objects;

/**
 * What somebody outside knows about an attacker, and how to recognise it in an event. One record of the topic
 * {@code threat-intel}; a later one with the same {@link #id} replaces the earlier one. Immutable; built by
 * {@link Builder}, read and written as JSON by {@link IndicatorJson}.
 *
 * @param id that of the feed: of a STIX indicator its own, otherwise made from feed, type and value
 * @param feed the name under which the feed was imported ({@code threat.feed.name})
 * @param about what people read
 * @param pattern a STIX 2.1 pattern that decides; empty = any one of the observables is enough
 * @param observables what the indicator names; never empty without a pattern
 * @param validFrom in milliseconds since the epoch, inclusive; 0 = nobody said since when
 * @param validUntil in milliseconds since the epoch, exclusive; {@link #FOREVER} = nobody said until when
 * @param confidence 0 to 100 as in STIX; {@link #NO_CONFIDENCE} = nobody said
 * @param revoked matches nothing any more; kept so that a feed's later state is known
 * @param modified when the feed last changed it, in milliseconds since the epoch; 0 = nobody said
 */
public record Indicator(
        String id,
        String feed,
        About about,
        String pattern,
        List<Observable> observables,
        long validFrom,
        long validUntil,
        int confidence,
        Tlp tlp,
        boolean revoked,
        long modified) {

    public static final long FOREVER = Long.MAX_VALUE;
    public static final int NO_CONFIDENCE = -1;

    public static final int MAX_ID = 255;
    public static final int MAX_PATTERN = 64 * 1024;
    public static final int MAX_OBSERVABLES = 10_000;

    /** The last millisecond of the year 9999, which is as far as RFC 3339 goes. */
    static final long LAST_TIME = 253_402_300_799_999L;

    public Indicator {
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(tlp, "tlp");
        if (id == null || id.isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    "the id of an indicator has 1 to " + MAX_ID + " characters, not '" + shortened(id) + "'");
        }
        if (feed == null || feed.isBlank() || feed.length() > MAX_ID) {
            throw new IllegalArgumentException("indicator " + id + " needs the name of its feed, of at most " + MAX_ID
                    + " characters, not '" + shortened(feed) + "'");
        }
        if (pattern.length() > MAX_PATTERN) {
            throw new IllegalArgumentException("the pattern of indicator " + id + " has " + pattern.length()
                    + " characters; " + MAX_PATTERN + " are allowed: split it");
        }
        observables = List.copyOf(observables);
        if (observables.size() > MAX_OBSERVABLES) {
            throw new IllegalArgumentException("indicator " + id + " names " + observables.size() + " observables; "
                    + MAX_OBSERVABLES + " are allowed: split it");
        }
        if (pattern.isBlank() && observables.isEmpty()) {
            throw new IllegalArgumentException("indicator " + id + " names nothing to look for");
        }
        if (confidence < NO_CONFIDENCE || confidence > 100) {
            throw new IllegalArgumentException(
                    "the confidence of indicator " + id + " is " + confidence + ": use 0 to 100");
        }
        checkTime(id, "valid_from", validFrom);
        checkTime(id, "modified", modified);
        if (validUntil != FOREVER) {
            checkTime(id, "valid_until", validUntil);
            if (validUntil <= validFrom) {
                throw new IllegalArgumentException("indicator " + id + " ends before it begins: valid from "
                        + EventJson.time(validFrom) + " until " + EventJson.time(validUntil));
            }
        }
    }

    private static void checkTime(String id, String key, long millis) {
        if (millis < 0 || millis > LAST_TIME) {
            throw new IllegalArgumentException(
                    key + " of indicator " + id + " is outside the years 1970 to 9999: " + millis);
        }
    }

    private static String shortened(String text) {
        return text == null || text.length() <= 60 ? String.valueOf(text) : text.substring(0, 60) + "…";
    }

    /** Whether it says anything about what happened at that time. */
    public boolean isValidAt(long millis) {
        return !revoked && validFrom <= millis && millis < validUntil;
    }

    /** The confidence as ECS words it, by the scale "None / Low / Med / High" of STIX 2.1, appendix A. */
    public String confidenceWord() {
        if (confidence == NO_CONFIDENCE) {
            return "Not Specified";
        }
        return confidence == 0 ? "None" : confidence < 30 ? "Low" : confidence < 70 ? "Medium" : "High";
    }

    public static Builder builder(String id, String feed) {
        return new Builder(id, feed);
    }

    /** A builder that starts with everything this indicator has. */
    public Builder toBuilder() {
        return new Builder(id, feed)
                .about(about)
                .pattern(pattern)
                .observables(observables)
                .validFrom(validFrom)
                .validUntil(validUntil)
                .confidence(confidence)
                .tlp(tlp)
                .revoked(revoked)
                .modified(modified);
    }

    /**
     * What people read about an indicator. All may be empty, none is null.
     *
     * @param provider who says it ({@code threat.indicator.provider})
     * @param reference a page about it
     * @param types STIX {@code indicator_types}, such as {@code malicious-activity}
     * @param labels free words of the feed: STIX labels, MISP tags
     * @param threats what it indicates, with its kind in STIX, as {@code malware:ExampleBot}
     * @param phases of kill chains, as {@code mitre-attack:command-and-control}
     */
    public record About(
            String name,
            String description,
            String provider,
            String reference,
            List<String> types,
            List<String> labels,
            List<String> threats,
            List<String> phases) {
        public static final About NOTHING = new About("", "", "", "", List.of(), List.of(), List.of(), List.of());

        private static final int MAX_NAME = 1000;
        private static final int MAX_TEXT = 10_000;
        private static final int MAX_WORDS = 100;

        public About {
            name = atMost(name, MAX_NAME);
            description = atMost(description, MAX_TEXT);
            provider = atMost(provider, MAX_NAME);
            reference = atMost(reference, MAX_TEXT);
            types = atMost(types);
            labels = atMost(labels);
            threats = atMost(threats);
            phases = atMost(phases);
        }

        /** Texts are for people: a too long one is cut, rather than a good indicator lost. */
        private static String atMost(String text, int length) {
            if (text.length() <= length) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
            return text.substring(0, end) + "…";
        }

        private static List<String> atMost(List<String> words) {
            return words.stream()
                    .map(word -> atMost(word, MAX_NAME))
                    .distinct()
                    .limit(MAX_WORDS)
                    .toList();
        }
    }

    /** Collects an indicator. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final String feed;
        private About about = About.NOTHING;
        private String pattern = "";
        private List<Observable> observables = List.of();
        private long validFrom;
        private long validUntil = FOREVER;
        private int confidence = NO_CONFIDENCE;
        private Tlp tlp = Tlp.AMBER;
        private boolean revoked;
        private long modified;

        private Builder(String id, String feed) {
            this.id = id;
            this.feed = feed;
        }

        public Builder about(About value) {
            about = value;
            return this;
        }

        public Builder pattern(String value) {
            pattern = value;
            return this;
        }

        public Builder observables(List<Observable> value) {
            observables = value;
            return this;
        }

        public Builder observable(Observable.Type type, String value) {
            observables = List.of(new Observable(type, value));
            return this;
        }

        public Builder validFrom(long millis) {
            validFrom = millis;
            return this;
        }

        public Builder validUntil(long millis) {
            validUntil = millis;
            return this;
        }

        public Builder confidence(int value) {
            confidence = value;
            return this;
        }

        /** {@link Tlp#AMBER} until set: what nobody marked is not for everybody. */
        public Builder tlp(Tlp value) {
            tlp = value;
            return this;
        }

        public Builder revoked(boolean value) {
            revoked = value;
            return this;
        }

        public Builder modified(long millis) {
            modified = millis;
            return this;
        }

        /** @throws IllegalArgumentException if that is no indicator; the message says why */
        public Indicator build() {
            return new Indicator(
                    id, feed, about, pattern, observables, validFrom, validUntil, confidence, tlp, revoked, modified);
        }
    }
}
