package jp.hinomi.ingest.intel.feed;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.intel.IntelIndex;

/**
 * Takes what the readers of feeds find: completes each indicator, checks that it can be looked for, and counts. What
 * cannot be used is a problem with its place, and never keeps the rest from being used. Not thread-safe.
 */
public final class FeedSink {
    private final FeedSettings settings;
    private final Consumer<Indicator> indicators;
    private final Consumer<Problem> problems;
    private final Consumer<String> withdrawn;
    private final Map<String, Long> skipped = new TreeMap<>();
    private long accepted;
    private long refused;

    /**
     * @param indicators receives each usable one, in the feed's order, with canonical values
     * @param problems receives what is wrong, with file and place
     */
    public FeedSink(FeedSettings settings, Consumer<Indicator> indicators, Consumer<Problem> problems) {
        this(settings, indicators, problems, id -> {});
    }

    /** @param withdrawn receives the ids of what the feed no longer vouches for; most were never vouched for */
    public FeedSink(
            FeedSettings settings,
            Consumer<Indicator> indicators,
            Consumer<Problem> problems,
            Consumer<String> withdrawn) {
        this.settings = settings;
        this.withdrawn = withdrawn;
        this.indicators = indicators;
        this.problems = problems;
    }

    FeedSettings settings() {
        return settings;
    }

    /**
     * @param marked whether the feed itself gave the draft its TLP
     * @param what begins the message if it cannot be used; empty where the place says it all
     */
    void take(Indicator.Builder draft, boolean marked, Location at, String what) {
        take(draft, marked, 0, at, what);
    }

    /**
     * As above.
     *
     * @param lastSeen when it was last observed, in milliseconds since the epoch; 0 if nobody said
     */
    void take(Indicator.Builder draft, boolean marked, long lastSeen, Location at, String what) {
        try {
            Indicator indicator = settings.complete(draft, marked, lastSeen).build();
            indicators.accept(indicator.revoked() ? indicator : IntelIndex.canonical(indicator));
            accepted++;
        } catch (IllegalArgumentException e) {
            refuse(at, "unusable-indicator", what + e.getMessage());
        }
    }

    void refuse(Location at, String code, String message) {
        refused++;
        int colon = message.lastIndexOf(": ");
        boolean hasRemedy = colon > 0 && colon < message.length() - 2;
        problems.accept(Problem.warning(
                at,
                code,
                hasRemedy ? message.substring(0, colon) : message,
                hasRemedy ? message.substring(colon + 2) : "it was left out; the rest was used"));
    }

    /** The feed has something of that id which is not, or no longer, to be looked for. */
    void withdraw(String id) {
        withdrawn.accept(id);
    }

    /** Something that is no indicator for us, by what it is called. */
    void skip(String what) {
        skipped.merge(what, 1L, Long::sum);
    }

    public long accepted() {
        return accepted;
    }

    public long refused() {
        return refused;
    }

    /** What was passed over because it is not for us, and how often. */
    public Map<String, Long> skipped() {
        return new TreeMap<>(skipped);
    }
}
