package jp.hinomi.standalone.up;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** One line per part that is ready: for logs and pipes. Thread-safe. */
final class PlainProgress implements Progress {
    private final Terminal terminal;
    private final Texts texts;
    private final long began = System.nanoTime();
    private final Map<Step, Long> begun = new EnumMap<>(Step.class);

    PlainProgress(Terminal terminal, Texts texts) {
        this.terminal = terminal;
        this.texts = texts;
    }

    @Override
    public synchronized void begun(Step step) {
        begun.put(step, System.nanoTime());
    }

    @Override
    public synchronized void done(Step step, String detail) {
        say(texts.get("progress.ready", texts.get(step.text()), seconds(begun.get(step)), detail)
                .stripTrailing());
    }

    @Override
    public synchronized void failed(Step step) {
        say(texts.get("progress.failed", texts.get(step.text()), seconds(begun.get(step))));
    }

    @Override
    public synchronized void warning(String text) {
        say(texts.get("progress.warning", text));
    }

    private void say(String text) {
        terminal.out().println("[" + seconds(began) + "] " + text);
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%5.1f s", (System.nanoTime() - since) / 1e9);
    }
}
