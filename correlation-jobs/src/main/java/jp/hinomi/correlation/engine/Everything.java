package jp.hinomi.correlation.engine;

import java.util.List;

/** Fires at every match and remembers none. */
final class Everything implements Accumulator {
    @Override
    public Hit add(Match match) {
        return new Hit(match.time(), match.id(), List.of(match), 0);
    }

    @Override
    public List<Match> retained() {
        return List.of();
    }
}
