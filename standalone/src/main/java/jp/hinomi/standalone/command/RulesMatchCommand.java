package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.stage.ClockCheck;
import jp.hinomi.correlation.stage.Preparation;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.match.DetectionMatcher;
import jp.hinomi.rules.nearest.Miss;
import jp.hinomi.rules.nearest.Obstacle;
import jp.hinomi.rules.route.LogsourceTable;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules match}: which rules hold for one event, and what keeps the others from it. */
@Command(name = "match", mixinStandardHelpOptions = true)
final class RulesMatchCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration ANY = Duration.ofDays(365_000);

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "FORMAT")
    private String format;

    @Option(names = "--zone", paramLabel = "ZONE")
    private ZoneId zone;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--source", paramLabel = "ID")
    private String source;

    @Option(names = "--rule", paramLabel = "NAME")
    private List<String> wanted = List.of();

    @Option(names = "--nearest", defaultValue = "5", paramLabel = "N")
    private int nearest;

    @Option(names = "--json")
    private boolean json;

    @Parameters(index = "0", paramLabel = "EVENT")
    private String event;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesMatchCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        City known = CityFolder.read(city, problem -> {});
        RuleReader.Result read = RuleReader.read(paths);
        read.problems().stream()
                .filter(Problem::isError)
                .forEach(problem -> context.terminal().err().println(problem));
        for (String name : wanted) {
            if (!read.rules().byName().containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        context.texts()
                                .get(
                                        "rules.unknown",
                                        name,
                                        jp.hinomi.events.document.Suggestion.nearest(
                                                        name,
                                                        new TreeSet<>(read.rules()
                                                                .byName()
                                                                .keySet()))
                                                .orElse("…")));
            }
        }
        boolean any = false;
        for (SecurityEvent each : events(known)) {
            any |= match(each, read, known.zone());
        }
        return any ? 0 : 1;
    }

    /** A record may be several events; each as the job would have prepared it. */
    private List<SecurityEvent> events(City known) throws IOException {
        Source of = source == null ? null : known.sources().get(source);
        if (source != null && of == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    context.texts()
                            .get(
                                    "send.no-source",
                                    source,
                                    city,
                                    String.join(", ", known.sources().keySet())));
        }
        String name = format != null ? format : of != null ? of.format() : "auto";
        Charset charset = of == null ? StandardCharsets.UTF_8 : of.charset();
        ZoneId in = zone != null ? zone : of != null ? of.zone() : known.zone();
        Decoder decoder;
        try {
            decoder = Decoders.of(name, known.formats(), in, charset);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        long now = System.currentTimeMillis();
        Decoding decoding = decoder.decode(new LogRecord(bytes(charset), source, name, "event:1", now));
        if (decoding instanceof Decoding.Rejected why) {
            throw new ParameterException(
                    spec.commandLine(), context.texts().get("line.rejected", "EVENT", why.byteOffset(), why.reason()));
        }
        Preparation preparation =
                new Preparation(new ClockCheck(ANY, ANY), Optional.of(new ResourceResolver(known)), each -> each);
        List<SecurityEvent> prepared = new ArrayList<>();
        for (SecurityEvent decoded : ((Decoding.Decoded) decoding).all()) {
            SecurityEvent from = source == null || decoded.has(Fields.CITY_SOURCE)
                    ? decoded
                    : decoded.toBuilder().put(Fields.CITY_SOURCE, source).build();
            prepared.add(preparation.prepare(from, now));
        }
        return prepared;
    }

    /** The text itself, the first line of a file of that name, or of standard input. */
    private byte[] bytes(Charset charset) throws IOException {
        if (event.equals("-")) {
            return firstLine(System.in.readAllBytes());
        }
        try {
            Path file = Path.of(event);
            if (Files.isRegularFile(file)) {
                return firstLine(Files.readAllBytes(file));
            }
        } catch (java.nio.file.InvalidPathException noFile) {
            // A log line rather than the name of a file.
        }
        return event.getBytes(charset);
    }

    private static byte[] firstLine(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return java.util.Arrays.copyOf(bytes, end);
    }

    private boolean match(SecurityEvent prepared, RuleReader.Result read, ZoneId cityZone) throws IOException {
        List<DetectionRule> matched = new ArrayList<>();
        Map<DetectionRule, List<RuleFilter>> suppressed = new LinkedHashMap<>();
        DetectionMatcher.compile(read.rules().detections(), cityZone)
                .match(prepared, matched::add, (rule, by) -> suppressed.put(rule, List.copyOf(by)));
        Set<DetectionRule> holding = new HashSet<>(matched);
        holding.addAll(suppressed.keySet());
        suppressed
                .keySet()
                .removeIf(rule ->
                        !wanted.isEmpty() && !wanted.contains(rule.info().name()));
        matched.removeIf(
                rule -> !wanted.isEmpty() && !wanted.contains(rule.info().name()));
        matched.sort(Comparator.comparing(rule -> rule.info().name()));
        LogsourceTable table = LogsourceTable.standard();
        List<Miss> misses = new ArrayList<>();
        int elsewhere = 0;
        for (DetectionRule rule : read.rules().detections()) {
            if (holding.contains(rule)) {
                continue;
            }
            boolean asked = wanted.contains(rule.info().name());
            if (!table.accepts(rule.logsource(), table.kind(prepared))) {
                elsewhere++;
                if (asked && !json) {
                    context.terminal()
                            .out()
                            .println(context.texts()
                                    .get("match.elsewhere.rule", rule.info().name(), rule.logsource()));
                }
                continue;
            }
            Miss.of(rule, prepared)
                    .filter(miss -> asked || wanted.isEmpty() && miss.fulfilled() > 0)
                    .ifPresent(misses::add);
        }
        misses.sort(Miss.NEAREST);
        List<Miss> shown = wanted.isEmpty() ? misses.stream().limit(nearest).toList() : misses;
        if (json) {
            context.terminal().out().println(MAPPER.writeValueAsString(toJson(matched, suppressed, shown, elsewhere)));
        } else {
            print(matched, shown, read);
            suppressed.forEach(this::print);
            context.terminal()
                    .err()
                    .println(context.texts()
                            .get(
                                    "match.summary",
                                    matched.size(),
                                    read.rules().detections().size() - holding.size() - elsewhere,
                                    elsewhere));
        }
        return !matched.isEmpty();
    }

    private void print(List<DetectionRule> matched, List<Miss> misses, RuleReader.Result read) {
        for (DetectionRule rule : matched) {
            String name = rule.info().name();
            List<String> users = read.rules().correlations().stream()
                    .filter(correlation -> correlation.rules().contains(name))
                    .map(CorrelationRule::info)
                    .map(info -> info.name())
                    .sorted()
                    .toList();
            context.terminal()
                    .out()
                    .println(context.texts().get("match.matched", name)
                            + (users.isEmpty() ? "" : context.texts().get("match.serves", String.join(", ", users))));
        }
        for (Miss miss : misses) {
            context.terminal()
                    .out()
                    .println(context.texts()
                            .get(
                                    "match.missed",
                                    miss.rule().info().name(),
                                    miss.rule().info().at().file()));
            for (Obstacle obstacle : miss.obstacles()) {
                context.terminal()
                        .out()
                        .println("    "
                                + context.texts()
                                        .get(
                                                obstacle.excepted()
                                                        ? "match.excepted"
                                                        : obstacle.actual().isEmpty()
                                                                ? "match.absent"
                                                                : "match.otherwise",
                                                obstacle.field(),
                                                obstacle.actual()
                                                        .map(Object::toString)
                                                        .orElse("-"),
                                                obstacle.wanted()));
            }
        }
    }

    private void print(DetectionRule rule, List<RuleFilter> by) {
        by.forEach(filter -> context.terminal()
                .out()
                .println(context.texts()
                        .get(
                                "match.suppressed",
                                rule.info().name(),
                                filter.name(),
                                filter.terms()
                                        .map(terms -> context.texts()
                                                .get("detect.suppressed.terms", terms.owner(), terms.expires()))
                                        .orElse(""))));
    }

    private static ObjectNode toJson(
            List<DetectionRule> matched,
            Map<DetectionRule, List<RuleFilter>> suppressed,
            List<Miss> misses,
            int elsewhere) {
        ObjectNode node = MAPPER.createObjectNode();
        ArrayNode holding = node.putArray("matched");
        matched.forEach(rule -> holding.add(rule.info().name()));
        if (!suppressed.isEmpty()) {
            ArrayNode kept = node.putArray("suppressed");
            suppressed.forEach((rule, by) -> {
                ObjectNode each = kept.addObject().put("rule", rule.info().name());
                ArrayNode exceptions = each.putArray("exceptions");
                by.forEach(filter -> exceptions.add(filter.name()));
            });
        }
        ArrayNode missed = node.putArray("missed");
        for (Miss miss : misses) {
            ObjectNode each = missed.addObject().put("rule", miss.rule().info().name());
            ArrayNode obstacles = each.put("fulfilled", miss.fulfilled()).putArray("obstacles");
            for (Obstacle obstacle : miss.obstacles()) {
                ObjectNode one = obstacles
                        .addObject()
                        .put("field", obstacle.field())
                        .put("wanted", obstacle.wanted())
                        .put("excepted", obstacle.excepted());
                // As it is in the event: a number, a flag, or a list of several values.
                obstacle.actual().ifPresent(actual -> one.set("actual", MAPPER.valueToTree(actual)));
            }
        }
        return node.put("other_logsource", elsewhere);
    }
}
