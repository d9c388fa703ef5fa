package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.lifecycle.HistoryEntry;
import jp.hinomi.standalone.lifecycle.HistoryFile;
import jp.hinomi.standalone.lifecycle.Promotion;
import jp.hinomi.standalone.lifecycle.PublishedChanges;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules history}: how a rule, or all of a pack, came to what they are, and by whom. */
@Command(name = "history", mixinStandardHelpOptions = true)
final class RulesHistoryCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;

    @Mixin
    private PublicationSource source = new PublicationSource();

    @Option(names = "--json")
    private boolean json;

    @Parameters(index = "0", paramLabel = "RULE|PACK")
    private String wanted;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesHistoryCommand(Context context) {
        this.context = context;
    }

    /** @param what kind of event, for programs @param text the same for people */
    private record Event(
            Instant time,
            String rule,
            String what,
            String text,
            String status,
            String version,
            String by,
            String proof) {}

    /** 1 if nothing is known of it. */
    @Override
    public Integer call() throws IOException {
        RuleSet rules = RuleReader.read(paths).rules();
        List<HistoryFile.Located> promoted =
                HistoryFile.below(paths, line -> context.terminal().err().println(line));
        List<Event> events = new ArrayList<>();
        Set<String> names = names(rules, promoted);
        for (HistoryFile.Located each : promoted) {
            HistoryEntry entry = each.entry();
            if (names.contains(entry.rule()) || each.pack().equals(wanted)) {
                names.add(entry.rule());
                events.add(promotion(entry));
            }
        }
        if (source.isGiven()) {
            for (PublishedChanges.Change change :
                    PublishedChanges.of(source.read().entries())) {
                if (names.contains(change.rule())
                        || change.key().equals(wanted)
                        || change.publication().pack().equals(wanted)) {
                    events.add(publication(change));
                }
            }
        }
        events.sort(Comparator.comparing(Event::time));
        print(events);
        boolean present = false;
        for (Rule rule : rules.byName().values()) {
            if (names.contains(rule.info().name())) {
                present = true;
                now(rule, rules, promoted);
            }
        }
        if (events.isEmpty()) {
            context.terminal().err().println(context.texts().get(present ? "history.none" : "history.unknown", wanted));
        }
        return present || !events.isEmpty() ? 0 : 1;
    }

    /** Names of the rules that are meant: of that name or id, or in a folder of that name. */
    private Set<String> names(RuleSet rules, List<HistoryFile.Located> promoted) {
        Set<String> names = new HashSet<>();
        names.add(wanted);
        rules.byName().values().forEach(rule -> {
            Path folder = Path.of(rule.info().at().file()).toAbsolutePath().getParent();
            if (rule.info().id().equals(wanted)
                    || (folder != null && String.valueOf(folder.getFileName()).equals(wanted))) {
                names.add(rule.info().name());
            }
        });
        promoted.forEach(each -> {
            if (each.entry().id().equals(wanted)) {
                names.add(each.entry().rule());
            }
        });
        return names;
    }

    private Event promotion(HistoryEntry entry) {
        String proof = entry.backtest()
                .map(backtest -> context.texts()
                        .get(
                                "history.backtested",
                                entry.cases(),
                                backtest.days(),
                                backtest.events(),
                                backtest.perDay()))
                .orElseGet(() -> context.texts().get("history.tested", entry.cases()));
        return new Event(
                entry.time(),
                entry.rule(),
                "promoted",
                context.texts().get("history.promoted"),
                (entry.from().isEmpty() ? "-" : entry.from()) + " → " + entry.to(),
                entry.proved() + " → " + entry.version(),
                entry.by(),
                proof);
    }

    private Event publication(PublishedChanges.Change change) {
        Optional<Publication.Document> before = change.before();
        Optional<Publication.Document> after = change.after();
        String what = before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
        return new Event(
                change.publication().time(),
                change.rule(),
                what,
                context.texts().get("history." + what, change.publication().label()),
                step(before.map(Publication.Document::status), after.map(Publication.Document::status)),
                step(before.map(Publication.Document::version), after.map(Publication.Document::version)),
                change.publication().by(),
                change.publication().comment());
    }

    private static String step(Optional<String> before, Optional<String> after) {
        String was = before.filter(text -> !text.isEmpty()).orElse("-");
        String is = after.filter(text -> !text.isEmpty()).orElse("-");
        return before.isEmpty() || was.equals(is) ? is : was + " → " + is;
    }

    private void print(List<Event> events) throws IOException {
        if (json) {
            for (Event event : events) {
                ObjectNode node = MAPPER.createObjectNode()
                        .put("time", event.time().toString())
                        .put("rule", event.rule())
                        .put("what", event.what())
                        .put("status", event.status())
                        .put("version", event.version())
                        .put("by", event.by())
                        .put("note", event.proof());
                context.terminal().out().println(MAPPER.writeValueAsString(node));
            }
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("history.columns").split("\\|")));
        events.forEach(event -> rows.add(List.of(
                event.time().toString(),
                event.rule(),
                event.text(),
                event.status(),
                event.version(),
                event.by(),
                event.proof())));
        if (rows.size() > 1) {
            Table.print(rows, context.terminal().out());
        }
    }

    /** What the files say now, and whether that is what was promoted last. */
    private void now(Rule rule, RuleSet rules, List<HistoryFile.Located> promoted) {
        String version = rule.info().version();
        Map<String, String> inner = Promotion.inner(rule, rules);
        Optional<HistoryEntry> last = promoted.stream()
                .map(HistoryFile.Located::entry)
                .filter(entry -> entry.rule().equals(rule.info().name()))
                .reduce((first, second) -> second);
        if (json || last.isEmpty()) {
            return;
        }
        String key = !last.get().version().equals(version)
                ? "history.now-changed"
                : !last.get().inner().equals(inner) ? "history.now-inner" : "history.now-same";
        context.terminal()
                .out()
                .println(
                        context.texts().get(key, rule.info().name(), rule.info().status(), version));
    }
}
