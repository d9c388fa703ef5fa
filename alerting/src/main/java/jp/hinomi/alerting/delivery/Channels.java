package jp.hinomi.alerting.delivery;

import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Gateway;

/**
 * Finds what the city's files say of a message's channel now: what somebody mended there counts for messages that wait.
 * Thread-safe.
 */
public final class Channels {
    private final Supplier<City> city;

    public Channels(Supplier<City> city) {
        this.city = city;
    }

    /** What a message leads to. */
    public sealed interface Lookup<T> {
        record Found<T>(T channel) implements Lookup<T> {}

        /** @param reason what is missing and what to do */
        record Missing<T>(String reason) implements Lookup<T> {}
    }

    public <T extends Channel> Lookup<T> find(Leased message, Class<T> type) {
        return city.get()
                .contact(message.contactId())
                .flatMap(of -> of.contact().channels().stream()
                        .filter(channel -> channel.type().equals(message.channelType())
                                && channel.address().equals(message.address()))
                        .findFirst())
                .filter(type::isInstance)
                .<Lookup<T>>map(channel -> new Lookup.Found<>(type.cast(channel)))
                .orElseGet(() -> new Lookup.Missing<>("the contact '" + message.contactId() + "' has no channel "
                        + message.channelType() + " " + message.address()
                        + " any more: nothing was sent; see stakeholders.yaml"));
    }

    Optional<Gateway> gateway(String id) {
        return Optional.ofNullable(city.get().notification().gateways().get(id));
    }
}
