package jp.hinomi.alerting.map;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * An address, host, URL, id or line of a log that somebody pasted: what of the city it names, and who would be told if that were
 * attacked. A line is read as the job would read it; where that leads nowhere, or there is nothing to read it with, every address,
 * name and id in it that the city knows counts as a target.
 *
 * @param found by the word that named it, in the order of the text; none of lines that were read and led somewhere
 * @param lines that were read
 * @param alert as the job would raise it
 */
public record Pasted(
        Map<String, List<ResourceResolver.Found>> found, List<ReadLine> lines, Alert alert, RoutingDecision decision) {
    private static final int MOST = 8_192;
    private static final int MOST_LINES = 20;
    private static final int MOST_WORDS = 400;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}.:_/%@-]+");

    /**
     * What is asked.
     *
     * @param source id of whose line it is; empty = recognised by itself
     * @param at when the alert would come: who is on duty then, by entries that are valid that day
     */
    public record Question(String text, Optional<String> source, Severity severity, Tlp tlp, Instant at) {}

    /**
     * @param decoder absent where nothing can read lines
     * @throws IllegalArgumentException if there is no such source
     */
    public static Pasted ask(CityMap map, Question question, Optional<LineDecoder> decoder) {
        String text = question.text();
        String asked = (text.length() > MOST ? text.substring(0, MOST) : text).strip();
        Map<String, List<ResourceResolver.Found>> found = new LinkedHashMap<>();
        List<ReadLine> lines = new ArrayList<>();
        Set<Alert.AffectedResource> touched = new LinkedHashSet<>();
        for (String each : records(asked)) {
            Optional<ReadLine> line = decoder.filter(any -> isLine(each, question, map.resolver()))
                    .map(reader -> ReadLine.of(
                            reader.decode(
                                    map.city(),
                                    map.resolver(),
                                    each,
                                    question.source(),
                                    Optional.empty(),
                                    question.at()),
                            map.resolver()));
            line.ifPresent(lines::add);
            if (line.filter(ReadLine::leads).isEmpty()) {
                named(map.resolver(), each, found);
            }
        }
        found.values()
                .forEach(all -> all.forEach(each ->
                        touched.add(new Alert.AffectedResource(each.resource().id(), Alert.Part.TARGET))));
        List<Alert.Evidence> evidence = new ArrayList<>();
        for (ReadLine line : lines) {
            for (SecurityEvent event : line.events()) {
                evidence.add(new Alert.Evidence(event, List.of()));
                map.resolver()
                        .resolve(event)
                        .forEach(each -> touched.add(
                                new Alert.AffectedResource(each.resource().id(), each.part())));
            }
        }
        Alert alert = alert(touched, evidence, question);
        return new Pasted(found, List.copyOf(lines), alert, map.router().decide(alert, question.at()));
    }

    /** One record each; JSON may have several lines. */
    private static List<String> records(String text) {
        return text.startsWith("{") && text.endsWith("}") && !text.contains("}\n{")
                ? List.of(text)
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .limit(MOST_LINES)
                        .toList();
    }

    /** What the city knows by itself, and a single word, is no line of a log unless somebody says whose. */
    private static boolean isLine(String text, Question question, ResourceResolver resolver) {
        return question.source().isPresent()
                || resolver.find(text).isEmpty()
                        && (text.startsWith("{") || text.chars().anyMatch(Character::isWhitespace));
    }

    private static void named(ResourceResolver resolver, String text, Map<String, List<ResourceResolver.Found>> found) {
        for (String word : words(text)) {
            List<ResourceResolver.Found> of = resolver.find(word);
            if (!of.isEmpty()) {
                found.put(word, of);
            }
        }
    }

    /** The whole, the host of a URL, and each word, without a port. */
    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        words.add(text);
        List<String> parts = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find() && parts.size() < MOST_WORDS) {
            parts.add(matcher.group());
        }
        for (String part : parts) {
            words.add(part);
            if (part.contains("://")) {
                host(part).ifPresent(words::add);
            }
            String bare = part.replaceFirst("^[^:@]*@", "").replaceFirst("[.:]+$", "");
            words.add(bare);
            if (bare.indexOf(':') == bare.lastIndexOf(':')) {
                words.add(bare.replaceFirst("(:[0-9]+)?(/.*)?$", ""));
            }
        }
        words.remove("");
        return words;
    }

    private static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost());
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static Alert alert(Set<Alert.AffectedResource> touched, List<Alert.Evidence> evidence, Question question) {
        long at = question.at().toEpochMilli();
        Alert.Rule rule = new Alert.Rule(
                "map-question",
                "map-question",
                "",
                Map.of("en", "question to the map"),
                question.severity(),
                List.of(),
                Map.of(),
                "stable");
        return new Alert(
                "map-question",
                1,
                at,
                at,
                at,
                1,
                rule,
                question.severity(),
                question.tlp(),
                Map.of(),
                evidence,
                List.copyOf(touched),
                List.of(),
                List.of());
    }
}
