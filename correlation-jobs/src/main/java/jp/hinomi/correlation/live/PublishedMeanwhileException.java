package jp.hinomi.correlation.live;

import org.apache.kafka.common.KafkaException;

/** Somebody else published the pack between its check and its writing; nothing was written. */
public final class PublishedMeanwhileException extends KafkaException {
    private static final long serialVersionUID = 1;

    PublishedMeanwhileException(String message) {
        super(message);
    }
}
