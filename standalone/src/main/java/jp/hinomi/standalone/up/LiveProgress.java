package jp.hinomi.standalone.up;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jp.hinomi.standalone.terminal.Columns;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** One row per part, redrawn in place while they start: for people. Thread-safe. */
final class LiveProgress implements Progress, AutoCloseable {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final int NAME_COLUMNS = 26;

    private enum State {
        WAITING,
        BEGUN,
        DONE,
        FAILED
    }

    private static final class Row {
        private State state = State.WAITING;
        private String detail = "";
        private long began;
        private long ended;
    }

    private final Terminal terminal;
    private final Texts texts;
    private final Map<Step, Row> rows = new EnumMap<>(Step.class);
    private final ScheduledExecutorService redraw;
    private boolean drawn;
    private int frame;

    LiveProgress(Terminal terminal, Texts texts) {
        this.terminal = terminal;
        this.texts = texts;
        for (Step step : Step.values()) {
            rows.put(step, new Row());
        }
        redraw = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-progress");
            thread.setDaemon(true);
            return thread;
        });
        redraw.scheduleAtFixedRate(this::draw, 0, 120, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void begun(Step step) {
        rows.get(step).state = State.BEGUN;
        rows.get(step).began = System.nanoTime();
    }

    @Override
    public synchronized void done(Step step, String detail) {
        end(step, State.DONE);
        rows.get(step).detail = detail;
    }

    @Override
    public synchronized void failed(Step step) {
        end(step, State.FAILED);
    }

    private void end(Step step, State state) {
        rows.get(step).state = state;
        rows.get(step).ended = System.nanoTime();
    }

    /** Goes above the rows, which then stand below it anew. */
    @Override
    public synchronized void warning(String text) {
        erase();
        terminal.out().println(terminal.yellow(texts.get("progress.warning", text)));
        draw();
    }

    private synchronized void draw() {
        erase();
        StringBuilder all = new StringBuilder();
        frame++;
        rows.forEach((step, row) -> all.append(line(step, row)).append("\u001b[K\n"));
        terminal.out().print(all);
        terminal.out().flush();
        drawn = true;
    }

    /** Moves back to the first row and clears from there. */
    private void erase() {
        if (drawn) {
            terminal.out().print("\u001b[" + rows.size() + "A\u001b[J");
            drawn = false;
        }
    }

    private String line(Step step, Row row) {
        String name = Columns.padded(texts.get(step.text()), NAME_COLUMNS);
        return switch (row.state) {
            case WAITING -> terminal.dim("  · " + name);
            case BEGUN ->
                "  " + terminal.yellow(SPINNER[frame % SPINNER.length]) + " " + name
                        + seconds(System.nanoTime() - row.began);
            case DONE ->
                "  " + terminal.green("✔") + " " + name + seconds(row.ended - row.began) + "  "
                        + terminal.dim(row.detail);
            case FAILED -> "  " + terminal.red("✘") + " " + name + seconds(row.ended - row.began);
        };
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%5.1f s", nanos / 1e9);
    }

    @Override
    public void close() {
        redraw.shutdown();
        draw();
    }
}
