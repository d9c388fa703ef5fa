package jp.hinomi.alerting.delivery;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.DeliverySettings;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Gateway;

/** One transport for each kind of channel. */
public final class Transports {
    private static final int MAIL_THREADS = 4;
    private static final int WEBHOOK_THREADS = 8;

    /** With two messages at a time to one receiver, one that hangs leaves room for others. */
    private static final int OTHER_THREADS = 4;

    private Transports() {}

    /**
     * @param threads which mails belong together
     * @param files what is attached to mails
     * @param states where it is kept whether channels work
     * @param endpoints where events go that programs subscribed to
     * @return how many threads each gets at most: a slow receiver must not hold up another
     */
    public static Map<Transport, Integer> all(
            AlertingSettings settings,
            Supplier<City> city,
            Map<String, String> environment,
            ChannelStates states,
            MailTransport.Threads threads,
            MailTransport.Files files,
            EventEndpoints endpoints,
            InstantSource clock) {
        DeliverySettings delivery = settings.delivery();
        Secrets secrets = new Secrets(environment);
        Channels channels = new Channels(city);
        EgressGuard guard = new EgressGuard(() -> city.get().notification().egress());
        HttpSender http = new HttpSender(guard, settings.proxy(), secrets, delivery.timeout(), clock);
        Map<Transport, Integer> transports = new LinkedHashMap<>();
        transports.put(
                new MailTransport(
                        settings.smtp(),
                        settings.mailFrom(),
                        settings.city().id(),
                        channels,
                        threads,
                        files,
                        delivery.timeout(),
                        delivery.attempt()),
                MAIL_THREADS);
        transports.put(new WebhookTransport(http, secrets, channels, clock), WEBHOOK_THREADS);
        transports.put(new EventTransport(http, endpoints, clock), OTHER_THREADS);
        for (Channel.Chat.Product product : Channel.Chat.Product.values()) {
            transports.put(new ChatTransport(product, http, secrets, channels), OTHER_THREADS);
        }
        transports.put(new LineWorksTransport(http, secrets, channels, clock), OTHER_THREADS);
        transports.put(new SyslogTransport(guard, secrets, channels, delivery.timeout()), OTHER_THREADS);
        transports.put(new KafkaTransport(guard, channels, delivery.timeout()), OTHER_THREADS);
        for (Gateway.Kind kind : Gateway.Kind.values()) {
            transports.put(new PhoneTransport(kind, http, secrets, channels), OTHER_THREADS);
        }
        Map<Transport, Integer> watched = new LinkedHashMap<>();
        transports.forEach((transport, most) -> watched.put(states.watching(transport, clock), most));
        return watched;
    }
}
