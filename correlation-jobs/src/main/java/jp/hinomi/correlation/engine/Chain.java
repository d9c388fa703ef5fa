package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds a match of each step in order, the first within T of the last: keeps per step the chain with the newest start.
 * Keeping only the newest match per step would lose a1→b1→c in the sequence a1 b1 a2 c.
 */
final class Chain implements Accumulator {
    private final int steps;
    private final long timespan;
    /** {@code chains[k]} has k + 1 matches; null while there is none. */
    private final Match[][] chains;

    Chain(Form.Ordered form, long timespan) {
        this.steps = form.steps();
        this.timespan = timespan;
        this.chains = new Match[steps][];
    }

    @Override
    public Hit add(Match match) {
        Hit hit = null;
        // From the last step down, so that one match never serves two steps of a chain.
        for (int step = steps - 1; step >= 0; step--) {
            if (!match.isStep(step)) {
                continue;
            }
            Match[] longer = append(step == 0 ? new Match[0] : chains[step - 1], match);
            if (longer == null) {
                continue;
            }
            if (step == steps - 1) {
                List<Match> newestFirst = new ArrayList<>(Arrays.asList(longer));
                java.util.Collections.reverse(newestFirst);
                hit = Hit.of(match, newestFirst);
            } else if (chains[step] == null || Match.ORDER.compare(longer[0], chains[step][0]) > 0) {
                chains[step] = longer;
            }
        }
        return hit;
    }

    private Match[] append(Match[] chain, Match match) {
        if (chain == null || (chain.length > 0 && chain[0].time() <= match.time() - timespan)) {
            return null;
        }
        Match[] longer = Arrays.copyOf(chain, chain.length + 1);
        longer[chain.length] = match;
        return longer;
    }

    @Override
    public List<Match> retained() {
        TreeSet<Match> all = new TreeSet<>(Match.ORDER);
        for (Match[] chain : chains) {
            if (chain != null) {
                all.addAll(Arrays.asList(chain));
            }
        }
        return List.copyOf(all);
    }

    @Override
    public int size() {
        int size = 0;
        for (Match[] chain : chains) {
            size += chain == null ? 0 : chain.length;
        }
        return size;
    }
}
