package jp.hinomi.correlation.state;

import java.util.Objects;

/**
 * An alert as it leaves: written once, by the subtask that raised it, and handed on as bytes.
 *
 * @param id in UTF-8, the key of its record
 * @param json as the topic {@code alerts} has it
 */
public record WrittenAlert(byte[] id, byte[] json) {
    public WrittenAlert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(json, "json");
    }
}
