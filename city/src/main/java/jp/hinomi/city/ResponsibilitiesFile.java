package jp.hinomi.city;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/** Reads {@code responsibilities.yaml}. */
final class ResponsibilitiesFile {
    static final String NAME = "responsibilities.yaml";

    private record Claim(String resource, String stakeholder, Duty duty) {}

    private record Earlier(Responsibility responsibility, Location at) {}

    private final Reading reading;
    private final Map<Claim, List<Earlier>> earlier = new HashMap<>();

    private final Map<Responsibility, Location> places = new IdentityHashMap<>();

    ResponsibilitiesFile(Reading reading) {
        this.reading = reading;
    }

    List<Responsibility> read() {
        List<Responsibility> read = reading.entries(NAME, "responsibilities", this::responsibility);
        Map<String, List<Responsibility>> byResource =
                read.stream().collect(Collectors.groupingBy(Responsibility::resource));
        read.forEach(each -> each.under().ifPresent(above -> checkAbove(byResource.get(each.resource()), each, above)));
        return read;
    }

    /** Whoever stands above answers for the same resource, on some of the same days, and not under the one below it. */
    private void checkAbove(List<Responsibility> all, Responsibility below, String above) {
        List<Responsibility> ofResource =
                all.stream().filter(each -> each.sharesADayWith(below)).toList();
        Set<String> seen = new HashSet<>(Set.of(below.stakeholder()));
        Set<String> next = Set.of(above);
        while (!next.isEmpty()) {
            if (next.contains(below.stakeholder())) {
                reading.error(
                        places.get(below),
                        "under-circle",
                        "'" + below.stakeholder() + "' lies under '" + above + "', and that one under it again",
                        "remove one 'under': somebody is on top");
                return;
            }
            Set<String> last = next;
            seen.addAll(last);
            next = ofResource.stream()
                    .filter(each -> last.contains(each.stakeholder()))
                    .flatMap(each -> each.under().stream())
                    .filter(each -> !seen.contains(each) || each.equals(below.stakeholder()))
                    .collect(Collectors.toSet());
        }
        if (ofResource.stream().noneMatch(each -> each.stakeholder().equals(above))) {
            reading.error(
                    places.get(below),
                    "under-nobody",
                    "'" + above + "' does not answer for '" + below.resource() + "' on any of the same days",
                    "add a responsibility of '" + above + "' for it, or remove 'under'");
        }
    }

    private Optional<Responsibility> responsibility(Node node) {
        Optional<Form> entry = Form.of(node, "a responsibility", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> resource = reference(form, "resource", References.Kind.RESOURCE, true);
            Optional<String> stakeholder = reference(form, "stakeholder", References.Kind.STAKEHOLDER, true);
            Optional<Duty> duty = form.required("duty", Formats.word("duty", Duty.values(), Duty::word));
            Optional<Severity> severityMin =
                    form.optional("severity-min", Formats.word("level", Severity.values(), Severity::word));
            Optional<String> escalation = reference(form, "escalation", References.Kind.ESCALATION, false);
            Optional<LocalDate> from = form.optional("valid-from", Formats::date);
            Optional<LocalDate> to = form.optional("valid-to", Formats::date);
            Optional<LocalDate> review = form.optional("review-due", Formats::date);
            Optional<String> basis = form.optional("basis", Formats::text);
            Optional<String> notify = form.optional("notify", Formats::id);
            notify.ifPresent(known -> reading.references().useAnyOf(References.REACHABLE, known, form.at("notify")));
            if (notify.isPresent() && form.has("escalation")) {
                form.error(
                        form.at("notify"),
                        "told-twice",
                        "the escalation says already whom to tell first",
                        "remove 'notify', or make it the first step of the escalation");
                notify = Optional.empty();
            }
            Optional<String> under = reference(form, "under", References.Kind.STAKEHOLDER, false);
            if (under.isPresent() && under.equals(stakeholder)) {
                form.error(
                        form.at("under"),
                        "under-itself",
                        "'" + under.get() + "' cannot lie under itself",
                        "name the stakeholder above, or remove 'under'");
                under = Optional.empty();
            }
            Map<String, String> scope = form.has("scope") ? form.texts("scope").orElse(Map.of()) : Map.of();
            form.optionalKey("scope");
            if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
                form.error(
                        form.at("valid-to"),
                        "never-valid",
                        "it ends on " + to.get() + ", before it begins on " + from.get(),
                        "correct one of the two; 'valid-to' is the last day");
            }
            if (resource.isEmpty() || stakeholder.isEmpty() || duty.isEmpty()) {
                return Optional.empty();
            }
            Responsibility read = new Responsibility(
                    resource.get(),
                    stakeholder.get(),
                    duty.get(),
                    severityMin,
                    escalation,
                    from,
                    to,
                    review,
                    basis,
                    notify,
                    under,
                    scope);
            refuseRepetition(read, form);
            places.put(read, form.at());
            return Optional.of(reading.place(read, form.at()));
        }
    }

    private Optional<String> reference(Form form, String key, References.Kind kind, boolean required) {
        Optional<String> id = required ? form.required(key, Formats::id) : form.optional(key, Formats::id);
        id.ifPresent(known -> reading.references().use(kind, known, form.at(key)));
        return id;
    }

    /** The same duty of the same stakeholder twice on one day: the two could disagree about severity or escalation. */
    private void refuseRepetition(Responsibility read, Form form) {
        List<Earlier> same = earlier.computeIfAbsent(
                new Claim(read.resource(), read.stakeholder(), read.duty()), any -> new java.util.ArrayList<>());
        for (Earlier other : same) {
            if (read.sharesADayWith(other.responsibility())) {
                form.error(
                        form.at(),
                        "duplicate-responsibility",
                        "'" + read.stakeholder() + "' is already " + read.duty().word() + " of '" + read.resource()
                                + "' in line " + other.at().line() + ", for some of the same days",
                        "remove one of the two, or end the first with 'valid-to' before the second begins");
                break;
            }
        }
        same.add(new Earlier(read, form.at()));
    }
}
