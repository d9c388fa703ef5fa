package jp.hinomi.ingest.intel.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Tlp;

/**
 * What whoever imports a feed says about it, for indicators that do not say it themselves.
 *
 * @param feed its name
 * @param confidence 0 to 100, or {@link Indicator#NO_CONFIDENCE}
 * @param validFor counted from when the indicator was last seen, begins, was changed or, where it says none, from today
 * @param subdomains whether a domain name that STIX names stands for every name below it too
 * @param now milliseconds since the epoch
 */
public record FeedSettings(
        String feed, int confidence, Optional<Tlp> tlp, Optional<Duration> validFor, boolean subdomains, long now) {
    public FeedSettings {
        Objects.requireNonNull(tlp, "tlp");
        if (feed == null || feed.isBlank() || feed.length() > 100) {
            throw new IllegalArgumentException("a feed needs a name of at most 100 characters");
        }
        if (confidence < Indicator.NO_CONFIDENCE || confidence > 100) {
            throw new IllegalArgumentException("confidence is 0 to 100, not " + confidence);
        }
        validFor.ifPresent(duration -> {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("indicators must be valid for longer than " + duration);
            }
        });
    }

    /** Nothing but the name. */
    public static FeedSettings of(String feed, long now) {
        return new FeedSettings(feed, Indicator.NO_CONFIDENCE, Optional.empty(), Optional.empty(), false, now);
    }

    /**
     * With what is missing filled in.
     *
     * @param marked whether the feed itself gave a TLP
     * @param lastSeen when it was last observed, in milliseconds since the epoch; 0 if nobody said
     */
    Indicator.Builder complete(Indicator.Builder draft, boolean marked, long lastSeen) {
        Indicator indicator = draft.build();
        if (indicator.confidence() == Indicator.NO_CONFIDENCE) {
            draft.confidence(confidence);
        }
        if (!marked) {
            tlp.ifPresent(draft::tlp);
        }
        if (indicator.validUntil() == Indicator.FOREVER && validFor.isPresent()) {
            draft.validUntil(
                    Math.max(begin(indicator), lastSeen) + validFor.get().toMillis());
        }
        return draft;
    }

    private long begin(Indicator indicator) {
        if (indicator.validFrom() != 0) {
            return indicator.validFrom();
        }
        if (indicator.modified() != 0) {
            return indicator.modified();
        }
        // Whole days, so that an import every hour does not write every indicator anew every hour.
        return Instant.ofEpochMilli(now)
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant()
                .toEpochMilli();
    }
}
