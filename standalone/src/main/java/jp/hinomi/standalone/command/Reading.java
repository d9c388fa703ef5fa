package jp.hinomi.standalone.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import jp.hinomi.standalone.terminal.Terminal;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over bytes on standard error; nothing at all where nobody looks at it. Not thread-safe. */
final class Reading implements AutoCloseable {
    private final ProgressBar bar;

    private Reading(ProgressBar bar) {
        this.bar = bar;
    }

    /** @param bytes in all; -1 if nobody knows */
    static Reading start(Terminal terminal, String task, long bytes) {
        if (!terminal.errIsTty()) {
            return new Reading(null);
        }
        return new Reading(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MiB", 1 << 20)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), 80))
                .showSpeed()
                .clearDisplayOnFinish()
                .build());
    }

    void to(long bytes) {
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    /** The stream, counting what is read of it. */
    InputStream watched(InputStream in) {
        return bar == null ? in : new Counting(in);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            if (c >= 0) {
                bar.step();
            }
            return c;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                bar.stepBy(n);
            }
            return n;
        }
    }
}
