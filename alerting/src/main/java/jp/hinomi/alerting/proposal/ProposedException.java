package jp.hinomi.alerting.proposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.exception.Condition;

/**
 * An exception that somebody has proposed.
 *
 * @param name of the exception in the rules
 * @param body the file: Sigma filters in YAML
 * @param sha256 of the body, in hexadecimal
 * @param seen what its author saw that it would have done
 * @param needsSecond whether somebody else has to agree
 */
public record ProposedException(
        long id,
        String ruleId,
        String ruleName,
        String alert,
        String name,
        String body,
        String sha256,
        List<Condition> conditions,
        String owner,
        Map<String, String> reason,
        LocalDate expires,
        Seen seen,
        String madeBy,
        Instant madeAt,
        boolean needsSecond,
        State state,
        Optional<Decision> decision,
        Optional<Acceptance> acceptance) {

    /** Counts of stored alerts. */
    public record Seen(int hides, int worthwhile, int looked) {}

    /** Of an approval, a refusal, or a withdrawal. */
    public record Decision(String by, Instant at, String note) {}

    /** @param publication label of the publication that brought it, as {@code web/3}; empty if a file was written only */
    public record Acceptance(String by, Instant at, String publication) {}

    public enum State {
        PROPOSED,
        /** It may come into force: {@code hinomi rules accept}. */
        APPROVED,
        REFUSED,
        WITHDRAWN,
        /** It was put among the rules. */
        ACCEPTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public ProposedException {
        conditions = List.copyOf(conditions);
        reason = Map.copyOf(reason);
    }
}
