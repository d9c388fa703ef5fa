package jp.hinomi.alerting.map;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * An address, host, URL, id or line of a log that somebody pasted: what of the city it names, and who would be told if that were
 * attacked. A line is not decoded here; every address, name and id in it that the city knows counts as a target.
 *
 * @param found by the word that named it, in the order of the text
 */
public record Pasted(Map<String, List<ResourceResolver.Found>> found, RoutingDecision decision) {
    private static final int MOST = 8_192;
    private static final int MOST_WORDS = 400;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}.:_/%@-]+");

    /** @param at when the alert would come: who is on duty then, by entries that are valid that day */
    public static Pasted ask(CityMap map, String text, Severity severity, Tlp tlp, Instant at) {
        String asked = text.length() > MOST ? text.substring(0, MOST) : text;
        Map<String, List<ResourceResolver.Found>> found = new LinkedHashMap<>();
        for (String word : words(asked.strip())) {
            List<ResourceResolver.Found> of = map.resolver().find(word);
            if (!of.isEmpty()) {
                found.put(word, of);
            }
        }
        Set<Alert.AffectedResource> touched = new LinkedHashSet<>();
        found.values()
                .forEach(all -> all.forEach(each ->
                        touched.add(new Alert.AffectedResource(each.resource().id(), Alert.Part.TARGET))));
        return new Pasted(found, map.router().decide(alert(touched, severity, tlp, at), at));
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

    private static java.util.Optional<String> host(String url) {
        try {
            return java.util.Optional.ofNullable(URI.create(url).getHost());
        } catch (IllegalArgumentException notOne) {
            return java.util.Optional.empty();
        }
    }

    private static Alert alert(Set<Alert.AffectedResource> touched, Severity severity, Tlp tlp, Instant when) {
        long at = when.toEpochMilli();
        Alert.Rule rule = new Alert.Rule(
                "map-question",
                "map-question",
                "",
                Map.of("en", "question to the map"),
                severity,
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
                severity,
                tlp,
                Map.of(),
                List.of(),
                List.copyOf(touched),
                List.of(),
                List.of());
    }
}
