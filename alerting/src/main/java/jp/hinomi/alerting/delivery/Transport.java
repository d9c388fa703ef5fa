package jp.hinomi.alerting.delivery;

/** Carries messages of one kind of channel. Thread-safe. */
public interface Transport {
    /** One of {@link jp.hinomi.city.Channel#TYPES}, or {@link EventTransport#TYPE}. */
    String channelType();

    /** Messages that may be under way to one receiver at a time. */
    default int atATime() {
        return 2;
    }

    /** Tries once, within the time-outs of the settings. Never throws for what the other side does. */
    SendResult send(Leased message);
}
