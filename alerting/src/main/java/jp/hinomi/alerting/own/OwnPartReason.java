package jp.hinomi.alerting.own;

import jp.hinomi.alerting.text.Reason;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.StakeholderPart;

/** Why a change of a stakeholder's own part of the map is not made: the words of {@link StakeholderPart.Why}. */
public record OwnPartReason(StakeholderPart.Why why) implements Reason {
    public static Refused of(StakeholderPart.RefusedException refused) {
        return new Refused(new OwnPartReason(refused.why()));
    }

    @Override
    public String name() {
        return why.name();
    }

    @Override
    public String part() {
        return "own.map";
    }
}
