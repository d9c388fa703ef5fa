package jp.hinomi.correlation.cluster;

import java.util.LinkedHashSet;
import java.util.Set;

/** A failure with its causes in one line; Flink wraps the reason in several layers that say nothing. */
final class Causes {
    private Causes() {}

    static String line(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            messages.add(message.strip().lines().findFirst().orElse(""));
            cause = cause.getCause();
        }
        messages.remove("");
        return String.join(" ← ", messages);
    }
}
