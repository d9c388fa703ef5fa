package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.Flood;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.Touching;

/**
 * Holds matches for a moment, so that those of one group travel together, and lighter if they are a flood. Whoever uses it
 * lets everything go before event time moves on: a match that is held back longer would be late. Bounded; not thread-safe.
 */
public final class Combiner {
    /** Matches, of all groups. With their events some megabytes. */
    public static final int MOST = 4_096;

    /** Takes what left together. */
    public interface Sender {
        void send(Correlation to, GroupKey group, List<GroupState.Waiting> matches);
    }

    private record Held(Correlation to, List<GroupState.Waiting> matches) {}

    private final Correlations correlations;
    private final Touching touching;
    private final Sender sender;
    private final Map<GroupKey, Held> held = new LinkedHashMap<>();
    private int size;

    public Combiner(Correlations correlations, Touching touching, Sender sender) {
        this.correlations = correlations;
        this.touching = touching;
        this.sender = sender;
    }

    /** @param due when its turn is, in milliseconds since the epoch */
    public void add(Correlation to, GroupKey group, Match match, long due) {
        held.computeIfAbsent(group, any -> new Held(to, new ArrayList<>(2)))
                .matches()
                .add(new GroupState.Waiting(match, due));
        if (++size >= MOST) {
            flush();
        }
    }

    /** Sends everything that is held. */
    public void flush() {
        if (size == 0) {
            return;
        }
        held.forEach((group, of) -> sender.send(of.to(), group, lightened(of)));
        held.clear();
        size = 0;
    }

    private List<GroupState.Waiting> lightened(Held of) {
        Flood flood = correlations.flood(of.to());
        return flood == null || !flood.isWorthwhile(of.matches().size())
                ? of.matches()
                : flood.lighten(of.matches(), touching);
    }
}
