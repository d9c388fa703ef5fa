package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.rules.Placeholders;

/** Replaces {@code %name%} in a value by each of the name's values; {@code \%} is a plain percent sign. */
final class PlaceholderExpansion {
    private static final Pattern NAME = Pattern.compile("\\\\%|%([A-Za-z0-9_.-]+)%");

    private PlaceholderExpansion() {}

    /** The first name in the text that has no values. */
    static Optional<String> missing(String text, Placeholders placeholders) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) != null && !placeholders.values().containsKey(matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** True if the text asks for any placeholder. */
    static boolean hasAny(String text) {
        return NAME.matcher(text).results().anyMatch(result -> result.group(1) != null);
    }

    /** Every combination of values; at most {@code most + 1} of them. */
    static List<String> expand(String text, Placeholders placeholders, int most) {
        List<String> texts = List.of("");
        Matcher matcher = NAME.matcher(text);
        int from = 0;
        while (matcher.find()) {
            List<String> values = matcher.group(1) == null
                    ? List.of("%")
                    : placeholders.values().get(matcher.group(1));
            texts = combine(texts, text.substring(from, matcher.start()), values, most);
            from = matcher.end();
        }
        return combine(texts, text.substring(from), List.of(""), most);
    }

    private static List<String> combine(List<String> heads, String between, List<String> tails, int most) {
        List<String> all = new ArrayList<>();
        for (String head : heads) {
            for (String tail : tails) {
                if (all.size() <= most) {
                    all.add(head + between + tail);
                }
            }
        }
        return all;
    }
}
