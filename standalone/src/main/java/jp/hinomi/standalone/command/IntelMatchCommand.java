package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.IntelMatch;
import jp.hinomi.ingest.intel.RetroMatch;
import jp.hinomi.ingest.intel.ThreatFields;
import jp.hinomi.ingest.intel.feed.IntelTopic;
import jp.hinomi.ingest.intel.feed.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi intel match}: which indicators hold for events or values, and why. */
@Command(name = "match", mixinStandardHelpOptions = true)
final class IntelMatchCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String STDIN = "-";

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--intel", arity = "1", paramLabel = "FILE")
    private List<Path> intel = List.of();

    @Option(names = "--feed", paramLabel = "NAME")
    private String feed;

    @Option(names = "--since", paramLabel = "DURATION")
    private Duration since;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "VALUE|FILE")
    private List<String> arguments = List.of();

    private long events;
    private long matched;
    private boolean unusable;

    IntelMatchCommand(Context context) {
        this.context = context;
    }

    /** 1 if anything matched, or could not be read. */
    @Override
    public Integer call() throws IOException {
        if (arguments.isEmpty() && since == null) {
            throw new ParameterException(spec.commandLine(), context.texts().get("intel.match.nothing"));
        }
        String servers = kafka.servers();
        Map<String, Indicator> indicators =
                intel.isEmpty() ? IntelSources.topic(servers, feed, context) : IntelSources.files(intel, context);
        RetroMatch matcher = new RetroMatch(indicators.values(), ThreatFields.MAX_INDICATORS);
        for (String argument : arguments) {
            if (argument.equals(STDIN)) {
                lines(matcher, System.in, STDIN);
            } else if (Files.isRegularFile(Path.of(argument))) {
                try (InputStream in = Files.newInputStream(Path.of(argument))) {
                    lines(matcher, in, argument);
                }
            } else {
                value(matcher, argument);
            }
        }
        if (since != null) {
            long begin = Math.max(0, System.currentTimeMillis() - since.toMillis());
            IntelTopic.events(servers, begin, (place, bytes) -> event(matcher, bytes, place));
        }
        context.terminal()
                .err()
                .println(context.texts().get("intel.match.summary", events, matched, indicators.size()));
        return matched > 0 || unusable ? 1 : 0;
    }

    private void lines(RetroMatch matcher, InputStream in, String name) throws IOException {
        Lines lines = new Lines(in);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (line.length > 0) {
                event(matcher, line, name + ":" + lines.number());
            }
        }
    }

    private void event(RetroMatch matcher, byte[] bytes, String place) {
        try {
            SecurityEvent event = EventJson.read(bytes, place);
            events++;
            List<IntelMatch> matches = matcher.match(event);
            if (!matches.isEmpty()) {
                matched++;
                printJson(event.id(), event.correlationMillis(), matches);
            }
        } catch (EventFormatException e) {
            unusable = true;
            context.terminal().err().println(place + ": " + e.getMessage());
        }
    }

    /** As if an event of this moment had the value in a field of its kind. */
    private void value(RetroMatch matcher, String text) {
        Observable observable = Values.guess(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), context.texts().get("intel.match.value", text)));
        Field field = switch (observable.type()) {
            case IPV4_ADDR, IPV6_ADDR -> Fields.DESTINATION_IP;
            case DOMAIN_NAME, DOMAIN_TREE -> Fields.URL_DOMAIN;
            case URL -> Fields.URL_FULL;
            case MD5 -> Fields.FILE_HASH_MD5;
            case SHA1 -> Fields.of("file.hash.sha1");
            case SHA256 -> Fields.FILE_HASH_SHA256;
            case SHA512 -> Fields.of("file.hash.sha512");
            case EMAIL_ADDR -> Fields.of("email.from.address");
        };
        SecurityEvent event = new SecurityEvent.Builder(text, System.currentTimeMillis())
                .put(field, observable.value())
                .build();
        events++;
        List<IntelMatch> matches = matcher.match(event);
        matched += matches.isEmpty() ? 0 : 1;
        if (json) {
            printJson(text, event.correlationMillis(), matches);
        } else if (matches.isEmpty()) {
            context.terminal().out().println(context.texts().get("intel.match.none", text));
        } else {
            matches.forEach(match -> print(text, match));
        }
    }

    private void print(String text, IntelMatch match) {
        Indicator indicator = match.indicator();
        PrintStream out = context.terminal().out();
        out.println(context.texts()
                .get(
                        "intel.match.found",
                        text,
                        indicator.id(),
                        indicator.feed(),
                        indicator.confidenceWord(),
                        indicator.tlp().word()));
        List<String> lines = new ArrayList<>();
        lines.add(indicator.about().name());
        lines.add(indicator.about().description());
        lines.add(String.join(", ", indicator.about().threats()));
        lines.add(
                indicator.pattern().isEmpty()
                        ? String.join(
                                ", ",
                                indicator.observables().stream()
                                        .limit(5)
                                        .map(observable -> observable.type().word() + " " + observable.value())
                                        .toList())
                        : indicator.pattern());
        lines.add(indicator.about().reference());
        lines.stream().filter(line -> !line.isBlank()).forEach(line -> out.println("  " + line));
    }

    private void printJson(String id, long time, List<IntelMatch> matches) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event.id", id);
        line.put("@timestamp", Instant.ofEpochMilli(time).toString());
        line.put("indicators", matches.stream().map(ThreatFields::summary).toList());
        try {
            context.terminal().out().println(MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }
}
