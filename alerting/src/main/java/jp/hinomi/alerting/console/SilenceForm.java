package jp.hinomi.alerting.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Silence;

/**
 * A silence as somebody writes it into the page. Nothing that was typed is lost when something is wrong.
 *
 * @param match one {@code label=value|value} per line
 * @param from in the city's zone; empty = now
 */
public record SilenceForm(String kind, String match, String owner, String reason, String from, String until) {
    private static final Set<String> LABELS = Set.of("rule", "severity", "resource", "stakeholder", "contact", "tag");

    public SilenceForm {
        kind = kind == null ? "silence" : kind;
        match = match == null ? "" : match;
        owner = owner == null ? "" : owner;
        reason = reason == null ? "" : reason;
        from = from == null ? "" : from;
        until = until == null ? "" : until;
    }

    static SilenceForm empty(String until) {
        return new SilenceForm("silence", "", "", "", "", until);
    }

    /** Everything that is wrong at once, or what was meant. */
    sealed interface Read {
        record Wrong(List<String> errors) implements Read {}

        record Meant(Silence.Kind kind, Matchers match, Instant from, Instant until) implements Read {}
    }

    /** The matchers alone, for a preview; empty if they cannot be used. */
    Optional<Matchers> matchers(Texts texts, String language, List<String> errors) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : match.split("\n")) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.isEmpty()) {
                continue;
            }
            String label = equals < 0 ? text : text.substring(0, equals).strip();
            List<String> wanted = equals < 0
                    ? List.of()
                    : java.util.Arrays.stream(text.substring(equals + 1).split("\\|"))
                            .map(String::strip)
                            .filter(value -> !value.isEmpty())
                            .toList();
            if (wanted.isEmpty()) {
                errors.add(texts.get(language, "held.error.line", text));
            } else if (!LABELS.contains(label) && label.indexOf('.') < 0) {
                errors.add(texts.get(language, "held.error.label", label));
            } else if (values.putIfAbsent(label, wanted) != null) {
                errors.add(texts.get(language, "held.error.twice", label));
            }
        }
        if (values.isEmpty() && errors.isEmpty()) {
            errors.add(texts.get(language, "held.error.match"));
        }
        return errors.isEmpty() ? Optional.of(new Matchers(values)) : Optional.empty();
    }

    Read read(City city, Texts texts, String language, Instant now) {
        List<String> errors = new ArrayList<>();
        Optional<Matchers> meant = matchers(texts, language, errors);
        if (!city.stakeholders().containsKey(owner)) {
            errors.add(texts.get(language, "held.error.owner"));
        }
        if (reason.isBlank()) {
            errors.add(texts.get(language, "held.error.reason"));
        }
        Optional<Instant> begin = from.isBlank() ? Optional.of(now) : time(from, city.zone());
        Optional<Instant> end = time(until, city.zone());
        if (begin.isEmpty() || end.isEmpty()) {
            errors.add(texts.get(language, "held.error.time"));
        } else if (!end.get().isAfter(begin.get()) || !end.get().isAfter(now)) {
            errors.add(texts.get(language, "held.error.past"));
        }
        if (!errors.isEmpty()) {
            return new Read.Wrong(errors);
        }
        Silence.Kind of =
                "maintenance".equals(kind.toLowerCase(Locale.ROOT)) ? Silence.Kind.MAINTENANCE : Silence.Kind.SILENCE;
        return new Read.Meant(of, meant.orElseThrow(), begin.orElseThrow(), end.orElseThrow());
    }

    private static Optional<Instant> time(String text, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip()).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
