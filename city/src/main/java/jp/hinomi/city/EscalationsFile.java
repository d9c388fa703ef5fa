package jp.hinomi.city;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.document.Node;

/** Reads {@code escalations.yaml}. */
final class EscalationsFile {
    static final String NAME = "escalations.yaml";

    private final Reading reading;

    EscalationsFile(Reading reading) {
        this.reading = reading;
    }

    List<Escalation> read() {
        return reading.entries(NAME, "escalations", this::escalation);
    }

    private Optional<Escalation> escalation(Node node) {
        Optional<Form> entry = Form.of(node, "an escalation", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.ESCALATION, known, form.at("id")));
            List<Node> nodes = form.list("steps", true);
            List<Escalation.Step> steps = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                step(nodes.get(i), i == nodes.size() - 1).ifPresent(steps::add);
            }
            if (form.has("steps") && nodes.isEmpty()) {
                form.error(form.at("steps"), "no-steps", "an escalation without steps tells nobody", "add a step");
            }
            return id.map(known -> reading.place(new Escalation(known, steps), form.at()));
        }
    }

    private Optional<Escalation.Step> step(Node node, boolean last) {
        Optional<Form> entry = Form.of(node, "a step", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> contact = form.required("notify", Formats::id);
            contact.ifPresent(known -> reading.references().useAnyOf(References.REACHABLE, known, form.at("notify")));
            Optional<Duration> ackWithin = form.optional("ack-within", Formats::duration);
            if (!last && !form.has("ack-within")) {
                form.error(
                        form.at(),
                        "unreachable-step",
                        "without 'ack-within' the steps after this one are never reached",
                        "add 'ack-within: 15m', or remove what follows");
            }
            return contact.map(known -> new Escalation.Step(known, ackWithin));
        }
    }
}
