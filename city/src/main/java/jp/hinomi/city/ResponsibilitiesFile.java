package jp.hinomi.city;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    ResponsibilitiesFile(Reading reading) {
        this.reading = reading;
    }

    List<Responsibility> read() {
        return reading.entries(NAME, "responsibilities", this::responsibility);
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
                    resource.get(), stakeholder.get(), duty.get(), severityMin, escalation, from, to, review, basis);
            refuseRepetition(read, form);
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
