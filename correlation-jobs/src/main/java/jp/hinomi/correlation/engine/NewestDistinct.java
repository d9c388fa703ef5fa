package jp.hinomi.correlation.engine;

import java.util.List;

/** Counts distinct ids or values in the window (t − T, t]: keeps the newest match of each, and as many as decide. */
final class NewestDistinct implements Accumulator {
    private final Form.Count form;
    private final long timespan;
    private final NewestFirst newest = new NewestFirst();

    NewestDistinct(Form.Count form, long timespan) {
        this.form = form;
        this.timespan = timespan;
    }

    @Override
    public Hit add(Match match) {
        newest.dropUntil(match.time() - timespan);
        newest.put(form.quantity() == Quantity.VALUES ? match.value() : match.id(), match);
        if (newest.size() > form.keep()) {
            newest.dropOldest();
        }
        return Form.hold(form.criteria(), newest.size()) ? Hit.of(match, newest) : null;
    }

    @Override
    public List<Match> retained() {
        return newest.inOrder();
    }

    @Override
    public int size() {
        return newest.size();
    }
}
