package jp.hinomi.alerting.proposal;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a proposal is not made or not decided so; nothing was changed. */
public final class ProposalRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code proposal.refused.}. */
    public enum Why {
        /** There is no such alert, or proposal. */
        UNKNOWN,
        /** The rule is not among those that the job runs: it is gone, or the alert is Hinomi's own. */
        NO_RULE,
        /** The event is not among the evidence that is kept. */
        NO_EVENT,
        /** Nothing was chosen, which would except everything. */
        NOTHING_CHOSEN,
        /** Something was chosen that the event does not have. */
        NO_VALUE,
        /** It ends in the past, or too late to be looked at again. */
        BAD_END,
        NO_OWNER,
        NO_REASON,
        /** The rules do not take the exception as it is. */
        NOT_TAKEN,
        /** Other alerts would be hidden than those that were looked at. */
        NOT_SEEN,
        /** Somebody has decided about it, or it was withdrawn. */
        DECIDED,
        /** Who made it wants to approve it, and the house wants a second person. */
        OWN,
        /** Only who made it withdraws it. */
        NOT_YOURS,
        /** Only what was approved can come into force. */
        NOT_APPROVED,
        /** A program wants to decide. */
        NO_PERSON;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Why why;
    private final transient List<Object> details;

    public ProposalRefusal(Why why, String message, Object... details) {
        super(message);
        this.why = Objects.requireNonNull(why, "why");
        this.details = Stream.of(details).<Object>map(String::valueOf).toList(); // 1234, never 1,234
    }

    public Why why() {
        return why;
    }

    /** For the texts. */
    public Object[] details() {
        return details == null ? new Object[0] : details.toArray();
    }
}
