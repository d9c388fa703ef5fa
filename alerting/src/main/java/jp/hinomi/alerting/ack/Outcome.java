package jp.hinomi.alerting.ack;

import java.util.List;

/** What became of an answer. But for one of the last two, and a repetition, the answer is kept. */
public sealed interface Outcome {
    /**
     * It counts.
     *
     * @param awaited ids of contacts whose answers are still needed; empty if escalations have ended
     * @param meanwhile ids of contacts that were told after the one who answers
     */
    record Accepted(Given given, List<String> awaited, List<String> meanwhile) implements Outcome {
        public Accepted {
            awaited = List.copyOf(awaited);
            meanwhile = List.copyOf(meanwhile);
        }
    }

    /** It goes to whoever is responsible next. */
    record PassedOn(Given given) implements Outcome {}

    /** The next step is told. */
    record HelpComes(Given given) implements Outcome {}

    /** The promoter answers for what nobody else does: it cannot pass anything on. */
    record NobodyElse(Given given) implements Outcome {}

    /** Somebody else has taken it already: their answer stands, this one stands beside it. */
    record Already(Given first, Given given) implements Outcome {}

    /** The alert was closed before; the answer changes nothing. */
    record Closed(Given given) implements Outcome {}

    /** The same has been answered before, by the same; nothing was added. */
    record Repeated(Given before) implements Outcome {}

    /**
     * Nobody waits for an answer of theirs: it is kept and shown, and whoever is asked still is.
     *
     * @param awaited ids of contacts whose answers are needed
     */
    record Noted(Given given, List<String> awaited) implements Outcome {
        public Noted {
            awaited = List.copyOf(awaited);
        }
    }

    /** Only the city's analysts and those who lead its response may take an alert over. Nothing was kept. */
    record NotAllowed() implements Outcome {}

    record Unknown() implements Outcome {}

    /** The word in JSON: {@code passed-on}. */
    default String word() {
        if (this instanceof Accepted) {
            return "accepted";
        } else if (this instanceof PassedOn) {
            return "passed-on";
        } else if (this instanceof HelpComes) {
            return "help-comes";
        } else if (this instanceof NobodyElse) {
            return "nobody-else";
        } else if (this instanceof Already) {
            return "already";
        } else if (this instanceof Closed) {
            return "closed";
        } else if (this instanceof Noted) {
            return "noted";
        } else if (this instanceof NotAllowed) {
            return "not-allowed";
        }
        return this instanceof Repeated ? "repeated" : "unknown";
    }
}
