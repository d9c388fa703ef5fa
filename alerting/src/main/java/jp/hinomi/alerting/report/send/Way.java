package jp.hinomi.alerting.report.send;

import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;

/**
 * A channel over which a report can go to whom it is for.
 *
 * @param attached whether the report itself goes; else a message says that it is on their own pages
 * @param refused why it may not go there; absent if it may
 */
public record Way(City.ContactOf to, Channel channel, boolean attached, Optional<CaseworkRefusal> refused) {
    public Way {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(refused, "refused");
    }

    public String contact() {
        return to.contact().id();
    }

    /** As forms and calls name it: {@code noc email noc@vendor.example.jp}. */
    public String key() {
        return contact() + " " + channel.type() + " " + channel.address();
    }
}
