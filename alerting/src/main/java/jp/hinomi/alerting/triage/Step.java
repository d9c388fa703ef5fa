package jp.hinomi.alerting.triage;

import java.util.Objects;
import java.util.Optional;

/** What an analyst does with an alert, or with many. */
public sealed interface Step {
    /** Says that somebody has seen it and acts. */
    record Acknowledge() implements Step {}

    /** Gives it to an account; to nobody if absent. */
    record Assign(Optional<String> account) implements Step {
        public Assign {
            Objects.requireNonNull(account, "account");
        }
    }

    /** Works on it, which acknowledges it as well. */
    record Begin() implements Step {}

    /** Closes it with a verdict, or judges anew what was closed. */
    record Judge(Verdict verdict) implements Step {
        public Judge {
            Objects.requireNonNull(verdict, "verdict");
        }
    }

    /** Works again on what was closed. */
    record Reopen() implements Step {}

    /** Makes it a part of an incident; of a new one if absent. */
    record Attach(Optional<String> incident) implements Step {
        public Attach {
            Objects.requireNonNull(incident, "incident");
        }
    }

    /** Of what a form or a row says; empty if that means nothing. @param argument may be empty */
    static Optional<Step> of(String kind, String argument) {
        Optional<String> given = Optional.of(argument).filter(text -> !text.isBlank());
        return switch (kind) {
            case "ack" -> Optional.of(new Acknowledge());
            case "assign" -> Optional.of(new Assign(given));
            case "begin" -> Optional.of(new Begin());
            case "judge" -> Verdict.ofWord(argument).map(Judge::new);
            case "reopen" -> Optional.of(new Reopen());
            case "incident" -> Optional.of(new Attach(given));
            default -> Optional.empty();
        };
    }

    default String kind() {
        if (this instanceof Acknowledge) {
            return "ack";
        } else if (this instanceof Assign) {
            return "assign";
        } else if (this instanceof Begin) {
            return "begin";
        } else if (this instanceof Judge) {
            return "judge";
        }
        return this instanceof Reopen ? "reopen" : "incident";
    }

    default String argument() {
        if (this instanceof Assign assign) {
            return assign.account().orElse("");
        } else if (this instanceof Judge judge) {
            return judge.verdict().word();
        }
        return this instanceof Attach attach ? attach.incident().orElse("") : "";
    }
}
