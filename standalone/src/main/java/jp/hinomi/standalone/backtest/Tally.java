package jp.hinomi.standalone.backtest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many alerts there were and are, of a rule or for a stakeholder, and some of those that differ. Not thread-safe. */
public final class Tally {
    private long before;
    private long after;
    private long added;
    private long lost;
    private long changed;
    private long untold;
    private final Map<Difference, Long> differences = new EnumMap<>(Difference.class);
    private final List<Shown> examples = new ArrayList<>();

    /** What became of an alert. */
    public enum Fate {
        NEW,
        LOST,
        CHANGED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param differences of a changed one */
    record Shown(Fate fate, Pair pair, List<Difference> differences) {}

    void count(boolean was, boolean is, List<Difference> others) {
        before += was ? 1 : 0;
        after += is ? 1 : 0;
        added += is && !was ? 1 : 0;
        lost += was && !is ? 1 : 0;
        changed += was && is && !others.isEmpty() ? 1 : 0;
        if (was && is) {
            others.forEach(difference -> differences.merge(difference, 1L, Long::sum));
        }
    }

    void countUntold() {
        untold++;
    }

    /** Keeps the first of each fate. */
    void show(Shown shown, int most) {
        if (examples.stream().filter(each -> each.fate() == shown.fate()).count() < most) {
            examples.add(shown);
        }
    }

    public long before() {
        return before;
    }

    public long after() {
        return after;
    }

    public long added() {
        return added;
    }

    public long lost() {
        return lost;
    }

    public long changed() {
        return changed;
    }

    /** Of the changed ones, those of which somebody is no longer told. */
    long untold() {
        return untold;
    }

    Map<Difference, Long> differences() {
        return differences;
    }

    List<Shown> examples() {
        return examples;
    }

    public boolean isSame() {
        return added == 0 && lost == 0 && changed == 0;
    }
}
