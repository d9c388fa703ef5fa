package jp.hinomi.correlation.engine;

import java.util.List;

/** Fires at every match and remembers none. */
final class Everything implements Accumulator {
    static final Everything INSTANCE = new Everything();

    private Everything() {}

    @Override
    public Hit add(Match match) {
        return Hit.of(match, List.of(match));
    }

    @Override
    public List<Match> retained() {
        return List.of();
    }
}
