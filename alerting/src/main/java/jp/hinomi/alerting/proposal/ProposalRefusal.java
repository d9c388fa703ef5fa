package jp.hinomi.alerting.proposal;

import jp.hinomi.alerting.text.Reason;
import jp.hinomi.alerting.text.Refused;

/** Why a proposal is not made or not decided so; nothing was changed. */
public final class ProposalRefusal extends Refused {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code proposal.refused.}. */
    public enum Why implements Reason {
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

        @Override
        public String part() {
            return "proposal";
        }
    }

    /** @param details in the order of the texts */
    public ProposalRefusal(Why why, Object... details) {
        super(why, details);
    }

    @Override
    public Why why() {
        return (Why) super.why();
    }
}
