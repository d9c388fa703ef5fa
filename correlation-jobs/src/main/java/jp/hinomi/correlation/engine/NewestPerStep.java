package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import jp.hinomi.rules.CorrelationRule.Criterion;

/** Counts the listed rules that have a match in the window (t − T, t]: keeps the newest match of each. */
final class NewestPerStep implements Accumulator {
    private final long timespan;
    private final List<Criterion> criteria;
    private final Match[] newest;

    NewestPerStep(Form.Steps form, long timespan) {
        this.timespan = timespan;
        this.criteria = form.criteria();
        this.newest = new Match[form.steps()];
    }

    @Override
    public Hit add(Match match) {
        int present = 0;
        for (int step = 0; step < newest.length; step++) {
            if (match.isStep(step)) {
                newest[step] = match;
            } else if (newest[step] != null && newest[step].time() <= match.time() - timespan) {
                newest[step] = null;
            }
            present += newest[step] == null ? 0 : 1;
        }
        if (!Form.hold(criteria, present)) {
            return null;
        }
        List<Match> newestFirst = new ArrayList<>(retained());
        java.util.Collections.reverse(newestFirst);
        return Hit.of(match, newestFirst);
    }

    @Override
    public List<Match> retained() {
        TreeSet<Match> distinct = new TreeSet<>(Match.ORDER);
        Arrays.stream(newest).filter(Objects::nonNull).forEach(distinct::add);
        return List.copyOf(distinct);
    }

    @Override
    public int size() {
        return newest.length;
    }
}
