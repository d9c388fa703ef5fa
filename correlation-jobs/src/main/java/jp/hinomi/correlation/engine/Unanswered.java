package jp.hinomi.correlation.engine;

import java.util.List;

/** A match of the first listed rule waits for one of the second. */
final class Unanswered implements Window {
    private final Match opener;
    private final long end;

    Unanswered(Match opener, long end) {
        this.opener = opener;
        this.end = end;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public boolean add(Match match) {
        return !match.isStep(1);
    }

    @Override
    public Hit judge() {
        return new Hit(end, opener.completingId(), List.of(opener), 0, 0);
    }

    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public List<Match> retained() {
        return List.of(opener);
    }

    @Override
    public Memory memory() {
        return Memory.NONE;
    }

    @Override
    public GroupState.Window state() {
        return new GroupState.Window(end, opener.completingId(), 1);
    }
}
