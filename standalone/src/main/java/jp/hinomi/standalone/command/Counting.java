package jp.hinomi.standalone.command;

import jp.hinomi.standalone.terminal.Terminal;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over things that are counted, on standard error; nothing at all where nobody looks at it. Thread-safe. */
final class Counting implements AutoCloseable {
    private final ProgressBar bar;

    private Counting(ProgressBar bar) {
        this.bar = bar;
    }

    /** @param all how many there are */
    static Counting start(Terminal terminal, String task, long all) {
        if (!terminal.errIsTty()) {
            return new Counting(null);
        }
        return new Counting(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(all)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), 80))
                .clearDisplayOnFinish()
                .build());
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
