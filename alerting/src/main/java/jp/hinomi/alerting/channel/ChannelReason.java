package jp.hinomi.alerting.channel;

import jp.hinomi.alerting.text.Reason;

/** Why a channel is not tested. */
public enum ChannelReason implements Reason {
    NO_STAKEHOLDER,
    NO_CONTACT,
    NO_CHANNEL,
    NO_TEST;

    @Override
    public String part() {
        return "channel";
    }
}
