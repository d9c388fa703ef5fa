package jp.hinomi.ingest.decode.windows;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data set of a channel that has no name of its own here: {@code Microsoft-Windows-TaskScheduler/Operational} becomes
 * {@code windows.taskscheduler_operational}, as Elastic's integration names those that it knows. Rules for one channel ask
 * for numbers of events that mean something else in another. Thread-safe.
 */
final class Channels {
    /** A record that does not say where it comes from. */
    static final String UNKNOWN = "windows.forwarded";

    /** Windows has a thousand; names are whatever somebody sends. */
    private static final int MOST = 2_000;

    private static final int LONGEST = 128;

    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    private Channels() {}

    static String dataset(String channel) {
        if (channel.isEmpty() || channel.length() > LONGEST || channel.equals("ForwardedEvents")) {
            return UNKNOWN;
        }
        String seen = SEEN.get(channel);
        if (seen != null) {
            return seen;
        }
        String made = make(channel);
        if (SEEN.size() < MOST) {
            SEEN.put(channel, made);
        }
        return made;
    }

    private static String make(String channel) {
        String name = channel.toLowerCase(Locale.ROOT);
        for (String maker : new String[] {"microsoft-windows-", "microsoft-"}) {
            if (name.startsWith(maker)) {
                name = name.substring(maker.length());
                break;
            }
        }
        StringBuilder words = new StringBuilder("windows.");
        int start = words.length();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                words.append(c);
            } else if (words.length() > start && words.charAt(words.length() - 1) != '_') {
                words.append('_');
            }
        }
        while (words.length() > start && words.charAt(words.length() - 1) == '_') {
            words.setLength(words.length() - 1);
        }
        return words.length() == start ? UNKNOWN : words.toString();
    }
}
