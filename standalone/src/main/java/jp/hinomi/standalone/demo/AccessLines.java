package jp.hinomi.standalone.demo;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

/** The combined format of nginx and Apache. */
final class AccessLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private AccessLines() {}

    /** @param user {@code -} for nobody */
    static Function<ZonedDateTime, String> request(
            String from, String user, String method, String target, int status, int bytes, String agent) {
        return at -> "%s - %s [%s] \"%s %s HTTP/1.1\" %d %d \"-\" \"%s\""
                .formatted(from, user, TIME.format(at), method, target, status, bytes, agent);
    }
}
