package jp.hinomi.city;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            Optional<Duration> reackAfter = form.optional("reack-after", Formats::duration);
            // Who wants to be reminded wants it once at least.
            int loopMax = form.optional("loop-max", Formats::loops).orElse(reackAfter.isPresent() ? 1 : 0);
            if (reackAfter.isPresent() && loopMax == 0) {
                form.error(
                        form.at("loop-max"),
                        "never-again",
                        "'reack-after' begins the steps anew, and 'loop-max: 0' never does",
                        "set 'loop-max' to 1 or more, or remove 'reack-after'");
            }
            List<Node> nodes = form.list("steps", true);
            List<Escalation.Step> steps = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                step(nodes.get(i), i == nodes.size() - 1).ifPresent(steps::add);
            }
            if (form.has("steps") && nodes.isEmpty()) {
                form.error(form.at("steps"), "no-steps", "an escalation without steps tells nobody", "add a step");
            }
            return id.map(known -> reading.place(new Escalation(known, steps, reackAfter, loopMax), form.at()));
        }
    }

    private Optional<Escalation.Step> step(Node node, boolean last) {
        Optional<Form> entry = Form.of(node, "a step", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            List<String> targets = targets(form);
            AckMode ack = form.optional("ack", Formats.word("acknowledgement", AckMode.values(), AckMode::word))
                    .orElse(AckMode.ANY);
            Optional<Duration> ackWithin = form.optional("ack-within", Formats::duration);
            if (!last && !form.has("ack-within")) {
                form.error(
                        form.at(),
                        "unreachable-step",
                        "without 'ack-within' the steps after this one are never reached",
                        "add 'ack-within: 15m', or remove what follows");
            }
            return targets.isEmpty() ? Optional.empty() : Optional.of(new Escalation.Step(targets, ack, ackWithin));
        }
    }

    /** One id or several. */
    private List<String> targets(Form form) {
        List<String> targets = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        form.oneOrMore("notify", Formats::id, (target, at) -> {
            reading.references().useAnyOf(References.REACHABLE, target, at);
            if (seen.add(target)) {
                targets.add(target);
            } else {
                form.error(at, "told-twice", "the step tells '" + target + "' twice", "remove one of the two");
            }
        });
        return targets;
    }
}
