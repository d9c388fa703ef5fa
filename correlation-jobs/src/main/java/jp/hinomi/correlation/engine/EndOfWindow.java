package jp.hinomi.correlation.engine;

import java.util.List;
import jp.hinomi.events.Alert;

/**
 * A window that opens at a match <i>t0</i>, holds [<i>t0</i>, <i>t0</i> + T) and is judged when it is over. It keeps the
 * newest distinct matches, as many as decide the judgement or fill an alert; the count is exact as long as all are kept,
 * and beyond that no criterion depends on it.
 */
final class EndOfWindow implements Window {
    private final Form.AtEnd form;
    private final int keep;
    private final long end;
    private final String opener;
    private final NewestFirst newest = new NewestFirst();
    private final Numbers numbers;
    private long count;

    EndOfWindow(Form.AtEnd form, long end, String opener) {
        this.form = form;
        this.end = end;
        this.opener = opener;
        this.numbers = new Numbers(form.quantity(), form.percentile());
        this.keep = form.quantity().isOfNumbers() ? Alert.MAX_EVIDENCE : Math.max(form.keep(), Alert.MAX_EVIDENCE);
    }

    static EndOfWindow restore(Form.AtEnd form, GroupState.Window saved, List<Match> retained, Memory memory) {
        EndOfWindow window = new EndOfWindow(form, saved.end(), saved.opener());
        retained.forEach(window::keep);
        window.numbers.resume(memory);
        window.count = saved.count();
        return window;
    }

    @Override
    public boolean add(Match match) {
        count += keep(match);
        if (form.quantity().isOfNumbers()) {
            numbers.add(match.time(), match.number());
        }
        return true;
    }

    /** Returns how many more there are. */
    private int keep(Match match) {
        int more = 0;
        switch (form.quantity()) {
            case EVENTS -> more = newest.put(match.id(), match) ? 1 : 0;
            case VALUES -> more = newest.put(match.value(), match) ? 1 : 0;
            case RULES -> {
                for (long steps = match.steps(); steps != 0; steps &= steps - 1) {
                    String step = Integer.toString(Long.numberOfTrailingZeros(steps));
                    more += newest.put(step, match) ? 1 : 0;
                }
            }
            case SUM, AVERAGE, MEDIAN, PERCENTILE -> more = newest.put(null, match) ? 1 : 0;
        }
        if (newest.size() > keep) {
            newest.dropOldest();
        }
        return more;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public Hit judge() {
        boolean holds =
                form.quantity().isOfNumbers() ? numbers.hold(form.criteria()) : Form.hold(form.criteria(), count);
        return holds ? new Hit(end, opener, newest, count, count) : null;
    }

    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public List<Match> retained() {
        return newest.inOrder();
    }

    @Override
    public Memory memory() {
        return numbers.memory(0);
    }

    @Override
    public GroupState.Window state() {
        return new GroupState.Window(end, opener, count);
    }
}
