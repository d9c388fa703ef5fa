package jp.hinomi.alerting.notice;

import jp.hinomi.city.Channel;

/**
 * Writes what one kind of channel carries, exactly as it will be sent: JSON, because that is how the outbox keeps it. Whatever
 * came from logs is escaped for the channel. Thread-safe.
 */
public interface MessageWriter {
    /** @param contactId whose thread of messages it belongs to */
    String notice(Letter letter, String contactId, Channel channel);

    String announcement(Announcement announcement, Channel channel);
}
