package jp.hinomi.alerting.delivery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;

/** The only contact of a city, {@code the-contact}, and messages to it. */
final class OneContact {
    private OneContact() {}

    static Leased message(Channel channel, Object body) {
        return new Leased(
                7,
                "key",
                "notice",
                channel.type(),
                channel.address(),
                channel instanceof Channel.Webhook webhook ? webhook.secret() : Optional.empty(),
                "the-contact",
                "ja",
                Optional.of(Columns.json(body)),
                1,
                Instant.MAX,
                Optional.of("the-alert"),
                "owner");
    }

    static Channels channels(Channel channel, Gateway... gateways) {
        Map<String, Gateway> byId = new LinkedHashMap<>();
        for (Gateway gateway : gateways) {
            byId.put(gateway.id(), gateway);
        }
        City city = new SampleCity()
                .stakeholder("theirs", Role.SECURITY_SERVICE, "ja", Tlp.RED, SampleCity.contact("the-contact", channel))
                .notification(new Notification(List.of("127.0.0.1"), byId))
                .build();
        return new Channels(() -> city);
    }
}
