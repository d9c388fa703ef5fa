package jp.hinomi.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jp.hinomi.events.Alert;
import jp.hinomi.standalone.command.Context;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import jp.hinomi.standalone.up.UpProgram;
import jp.hinomi.standalone.up.Watchtower;

/** What {@code hinomi demo} does beside {@code up}: the replay, and telling what happens. */
public final class Demo implements UpProgram.Companion {
    private final Terminal terminal;
    private final Texts texts;
    private final URI inbox;
    private long began;

    /** @param inbox address of the page that shows the caught mail */
    public Demo(Context context, URI inbox) {
        this.terminal = context.terminal();
        this.texts = context.texts();
        this.inbox = inbox;
    }

    @Override
    public AutoCloseable begin(Watchtower watchtower) throws IOException {
        began = System.nanoTime();
        terminal.out().println();
        terminal.out().println(terminal.bold(texts.get("demo.title")));
        terminal.out().println(texts.get("demo.look", watchtower.addresses().console(), inbox));
        terminal.out().println();
        AlertTicker alerts = new AlertTicker(watchtower.addresses().kafka(), this::tell);
        Replay replay = new Replay(
                new LogTransport(watchtower.addresses(), watchtower.ingestToken()), this::tell, this::tellOver);
        replay.start();
        return () -> {
            try (alerts) {
                replay.close();
            }
        };
    }

    private void tell(Story story) {
        say(terminal.bold(texts.get(story.name())));
        say(terminal.dim("  " + texts.get(story.name() + ".watch")));
    }

    private void tell(Alert alert) {
        String severity = texts.get("severity." + alert.severity().word());
        String coloured = switch (alert.severity()) {
            case CRITICAL, HIGH -> terminal.red(severity);
            case MEDIUM -> terminal.yellow(severity);
            case LOW, INFORMATIONAL -> terminal.dim(severity);
        };
        String group = alert.group().isEmpty()
                ? ""
                : "  " + String.join(" ", alert.group().values());
        List<String> resources = alert.resources().stream()
                .filter(resource -> resource.part() != Alert.Part.OBSERVER)
                .map(Alert.AffectedResource::id)
                .distinct()
                .toList();
        say("▲ " + coloured + "  " + alert.rule().title(texts.locale().getLanguage())
                + terminal.dim(group + resources.stream().collect(Collectors.joining(", ", "  → ", ""))));
    }

    private void tellOver() {
        say(texts.get("demo.over"));
    }

    private synchronized void say(String text) {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        terminal.out()
                .println(terminal.dim(
                                String.format(Locale.ROOT, "%02d:%02d  ", since.toMinutes(), since.toSecondsPart()))
                        + text);
        terminal.out().flush();
    }
}
