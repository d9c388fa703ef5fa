package jp.hinomi.alerting.console;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The command line that sends rejected records of one kind again, to be copied. Ids and reasons may hold text from logs, so
 * only plain characters get into it, quoted: what somebody pastes into a shell must not be what an attacker wrote.
 */
final class ReplayCommand {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    /** The longest run of words of a reason; a quote, a dollar sign or a backslash ends it. */
    private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9 ,.:;/()_-]+");

    private ReplayCommand() {}

    /** @param kind a reason with … for what differs */
    static String of(String source, String kind) {
        StringBuilder command = new StringBuilder("hinomi rejects replay");
        if (PLAIN_ID.matcher(source).matches()) {
            command.append(" --source ").append(source);
        }
        Arrays.stream(OTHER.split(kind))
                .map(String::strip)
                .max(Comparator.comparingInt(String::length))
                .filter(part -> part.length() >= 4)
                .ifPresent(part -> command.append(" --reason '").append(part).append('\''));
        return command.toString();
    }
}
