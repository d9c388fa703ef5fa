package jp.hinomi.alerting.suppress;

import java.util.Objects;
import jp.hinomi.city.Channel;

/**
 * What one channel of a contact is sent and counted together.
 *
 * @param name a rule, a group, or what holds notices back
 */
public record Inbox(String contact, String type, String address, String name) {
    public Inbox {
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(name, "name");
    }

    public static Inbox of(String contact, Channel channel, String name) {
        return new Inbox(contact, channel.type(), channel.address(), name);
    }
}
