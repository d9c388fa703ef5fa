package jp.hinomi.standalone.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.routing.Gap;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Router;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Selector;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi city route}: paste an address, see who would be told. Decides with alerting's own router. */
@Command(name = "route", mixinStandardHelpOptions = true)
final class CityRouteCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--city", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    @Option(names = "--severity", defaultValue = "high", paramLabel = "LEVEL")
    private String severity;

    /** Of the rule that raises the alert: what experimental ones say is for their authors. */
    @Option(names = "--status", defaultValue = "stable", paramLabel = "STATUS")
    private String status;

    @Parameters(index = "0", paramLabel = "ADDRESS")
    private String asked;

    CityRouteCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Severity level;
        try {
            level = Severity.ofWord(severity.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        City city = CityFolder.read(folder, problem -> {});
        ResourceResolver resolver = new ResourceResolver(city);
        List<ResourceResolver.Found> found = resolver.find(asked);
        found.forEach(this::print);
        RoutingDecision decision = new Router(city, resolver::resolve).decide(alertAbout(found, level, status));
        decision.recipients().forEach(this::print);
        decision.gaps().forEach(this::print);
        return decision.gaps().isEmpty() ? 0 : 1;
    }

    /** An alert of now that touches just these resources. */
    private static Alert alertAbout(List<ResourceResolver.Found> found, Severity level, String status) {
        long now = System.currentTimeMillis();
        return new Alert(
                "city-route",
                1,
                now,
                now,
                now,
                1,
                new Alert.Rule(
                        "city-route", "city-route", "", Map.of("en", "city route"), level, List.of(), Map.of(), status),
                level,
                Tlp.AMBER,
                Map.of(),
                List.of(),
                found.stream()
                        .map(each -> new Alert.AffectedResource(each.resource().id(), Alert.Part.TARGET))
                        .toList(),
                List.of(),
                List.of());
    }

    private void print(ResourceResolver.Found found) {
        Optional<Selector> by = found.by();
        out().println(texts().get(
                        "route.resource",
                        found.resource().id(),
                        inLanguage(found.resource().name()),
                        by.map(Selector::toString).orElseGet(() -> texts().get("route.by-id"))));
    }

    private void print(Recipient recipient) {
        out().println(texts().get(
                        "route.recipient",
                        inLanguage(recipient.stakeholder().name()),
                        recipient.contact().id()));
        recipient.reasons().forEach(reason -> out().println("    " + reason.in(language())));
    }

    private void print(Gap gap) {
        out().println(context.terminal()
                .yellow(texts().get("route.gap", gap.text().in(language()))));
    }

    private String inLanguage(Map<String, String> name) {
        String text = name.get(language());
        return text != null ? text : name.values().iterator().next();
    }

    private String language() {
        return texts().locale().getLanguage();
    }

    private Texts texts() {
        return context.texts();
    }

    private PrintStream out() {
        return context.terminal().out();
    }
}
