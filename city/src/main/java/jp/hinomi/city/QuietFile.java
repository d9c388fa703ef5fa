package jp.hinomi.city;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Node;

/** Reads the parts of {@code notification.yaml} that say what is held back. */
final class QuietFile {
    private static final List<String> NAMES = List.of("rule", "severity", "resource", "stakeholder", "contact", "tag");

    private final Reading reading;

    QuietFile(Reading reading) {
        this.reading = reading;
    }

    Optional<Grouping> grouping(Form entry) {
        try (Form form = entry) {
            Optional<Grouping> whole = grouping(form, form.values("by", QuietFile::label), Optional.empty());
            List<Node> nodes = form.list("overrides", false);
            List<Grouping.Deviation> overrides = new ArrayList<>();
            for (Node node : nodes) {
                whole.flatMap(standard -> override(node, standard)).ifPresent(override -> {
                    if (overrides.stream().anyMatch(earlier -> earlier.covers(override))) {
                        form.error(
                                node.at(),
                                "hidden-override",
                                "an override before it is for all that this one is for",
                                "put it before that one, or remove it");
                    }
                    overrides.add(override);
                });
            }
            return whole.map(standard ->
                    new Grouping(standard.by(), standard.pause(), standard.interval(), standard.repeat(), overrides));
        }
    }

    /** What an override does not say is as it is for all. */
    private Optional<Grouping.Deviation> override(Node node, Grouping standard) {
        Optional<Form> entry = Form.of(node, "an override of 'grouping'", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Set<String> stakeholders = names(form, "stakeholder", References.Kind.STAKEHOLDER);
            Set<String> escalations = names(form, "escalation", References.Kind.ESCALATION);
            List<String> by = form.has("by") ? form.values("by", QuietFile::label) : standard.by();
            form.optionalKey("by");
            Optional<Grouping> grouping = grouping(form, by, Optional.of(standard));
            if (stakeholders.isEmpty() && escalations.isEmpty()) {
                if (!form.has("stakeholder") && !form.has("escalation")) {
                    form.error(
                            form.at(),
                            "for-nobody",
                            "the override does not say what it is for",
                            "name a 'stakeholder' or an 'escalation'");
                }
                return Optional.empty();
            }
            return grouping.map(own -> new Grouping.Deviation(stakeholders, escalations, own));
        }
    }

    private Set<String> names(Form form, String key, References.Kind kind) {
        Set<String> names = new LinkedHashSet<>();
        form.optionalKey(key);
        if (form.has(key)) {
            form.oneOrMore(key, Formats::id, (id, at) -> {
                reading.references().use(kind, id, at);
                names.add(id);
            });
        }
        return names;
    }

    private static Optional<Grouping> grouping(Form form, List<String> by, Optional<Grouping> standard) {
        Duration wait = form.optional("wait", Formats::duration)
                .orElse(standard.map(Grouping::pause).orElse(Duration.ofSeconds(30)));
        Duration interval = form.optional("interval", Formats::duration)
                .orElse(standard.map(Grouping::interval).orElse(Duration.ofMinutes(5)));
        Optional<Duration> repeat =
                form.optional("repeat", Formats::duration).or(() -> standard.flatMap(Grouping::repeat));
        if (by.isEmpty()) {
            form.error(form.at(), "no-labels", "grouping names no label", "write 'by: [rule]'");
            return Optional.empty();
        }
        if (wait.compareTo(interval) > 0) {
            form.error(form.at(), "long-wait", "'wait' is longer than 'interval'", "make it shorter");
            return Optional.empty();
        }
        if (repeat.filter(again -> again.compareTo(interval) < 0).isPresent()) {
            form.error(form.at(), "short-repeat", "'repeat' is shorter than 'interval'", "make it longer");
            return Optional.empty();
        }
        return Optional.of(new Grouping(by, wait, interval, repeat, List.of()));
    }

    Storm storm(Form entry) {
        Storm standard = Storm.standard();
        try (Form form = entry) {
            return new Storm(
                    form.optional("limit", text -> NotificationFile.number(text, 1, 1000))
                            .orElse(standard.limit()),
                    form.optional("window", Formats::duration).orElse(standard.window()));
        }
    }

    Optional<Inhibition> inhibition(Node node) {
        Optional<Form> entry = Form.of(node, "an inhibition", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            Optional<Matchers> source = matchers(form, "source");
            Optional<Matchers> target = matchers(form, "target");
            List<String> equal = form.values("equal", QuietFile::label);
            Duration lasts = form.optional("for", Formats::duration).orElse(Duration.ofHours(1));
            return id.isEmpty() || source.isEmpty() || target.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Inhibition(id.get(), source.get(), target.get(), equal, lasts));
        }
    }

    Optional<Silence> silence(Node node) {
        Optional<Form> entry = Form.of(node, "a silence", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            Silence.Kind kind = form.optional(
                            "kind", Formats.word("kind of silence", Silence.Kind.values(), Silence.Kind::word))
                    .orElse(Silence.Kind.SILENCE);
            Optional<Matchers> match = matchers(form, "match");
            Optional<String> owner = form.required("owner", Formats::id);
            owner.ifPresent(known -> reading.references().use(References.Kind.STAKEHOLDER, known, form.at("owner")));
            Optional<String> reason = form.required("reason", Formats::text);
            ZoneId zone = form.optional("zone", Formats::zone).orElse(reading.zone());
            Optional<LocalDateTime> from = form.required("from", QuietFile::time);
            Optional<LocalDateTime> until = form.required("until", QuietFile::time);
            Silence.Repeat repeat = form.optional(
                            "repeat", Formats.word("repetition", Silence.Repeat.values(), Silence.Repeat::word))
                    .orElse(Silence.Repeat.NEVER);
            Optional<LocalDate> ends = form.optional("ends", Formats::date);
            if (id.isEmpty()
                    || match.isEmpty()
                    || owner.isEmpty()
                    || reason.isEmpty()
                    || from.isEmpty()
                    || until.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Silence(
                        id.get(),
                        kind,
                        match.get(),
                        owner.get(),
                        reason.get(),
                        zone,
                        from.get(),
                        until.get(),
                        repeat,
                        ends));
            } catch (IllegalArgumentException e) {
                form.error(form.at("until"), "bad-window", e.getMessage(), "correct 'from', 'until' or 'repeat'");
                return Optional.empty();
            }
        }
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new Mistake("bad-time", "'" + text + "' is no date and time", "write 2026-04-01T22:00, in 'zone'");
        }
    }

    /** A label: one of ours or a field. */
    private static String label(String text) {
        if (!NAMES.contains(text) && !text.matches("[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+)+")) {
            throw new Mistake(
                    "unknown-label",
                    "there is no label '" + text + "'",
                    jp.hinomi.events.document.Suggestion.nearest(text, NAMES)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("use one of " + String.join(", ", NAMES) + ", or a field such as source.ip"));
        }
        return text;
    }

    /** {@code {rule: a, resource: [b, c]}}. */
    private Optional<Matchers> matchers(Form form, String key) {
        Optional<Node.Mapping> mapping = form.required(key);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        Form of = Form.of(mapping.get(), "'" + key + "'", reading).orElseThrow();
        of.any();
        for (String name : mapping.get().names()) {
            try {
                label(name);
            } catch (Mistake e) {
                form.error(mapping.get().keyAt(name), e.code(), e.getMessage(), e.remedy());
                continue;
            }
            List<String> patterns = new ArrayList<>();
            if (mapping.get().get(name) instanceof Node.Sequence) {
                patterns.addAll(of.values(name, Formats::text));
            } else {
                of.optional(name, Formats::text).ifPresent(patterns::add);
            }
            if (!patterns.isEmpty()) {
                values.put(name, patterns);
            }
        }
        if (values.isEmpty()) {
            form.error(
                    form.at(key), "no-matchers", "'" + key + "' would match everything", "name a rule or a resource");
            return Optional.empty();
        }
        return Optional.of(new Matchers(values));
    }
}
