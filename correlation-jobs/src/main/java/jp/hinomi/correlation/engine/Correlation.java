package jp.hinomi.correlation.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleInfo;

/**
 * A rule over several matches, ready to run: a correlation, or a detection whose alerts are suppressed. Immutable and
 * thread-safe.
 */
public final class Correlation {
    /** Steps are the bits of a long, of which some are left for other uses. */
    static final int MOST_LISTED = 62;

    private final RuleInfo info;
    private final Form form;
    private final List<String> listed;
    private final List<String> groupBy;
    /** Field of each {@code group-by} entry, by listed rule. */
    private final Field[][] fields;
    /** Whose values count. */
    private final List<Field> values;

    private final boolean numbers;

    private final long timespan;
    private final long suppress;
    private final int level;
    private final boolean alerts;
    private final String key;

    private Correlation(
            RuleInfo info,
            Form form,
            List<String> listed,
            List<String> groupBy,
            Map<String, Map<String, String>> aliases,
            List<String> values,
            boolean numbers,
            long timespan,
            long suppress,
            int level,
            boolean alerts) {
        this.info = Objects.requireNonNull(info, "info");
        this.form = form;
        this.listed = List.copyOf(listed);
        this.groupBy = List.copyOf(groupBy);
        this.values = values.stream().map(Fields::of).toList();
        this.numbers = numbers;
        this.timespan = timespan;
        this.suppress = suppress;
        this.level = level;
        this.alerts = alerts;
        this.fields = new Field[listed.size()][groupBy.size()];
        for (int step = 0; step < listed.size(); step++) {
            for (int i = 0; i < groupBy.size(); i++) {
                String name = groupBy.get(i);
                fields[step][i] = Fields.of(aliases.getOrDefault(name, Map.of()).getOrDefault(listed.get(step), name));
            }
        }
        Map<String, Map<String, String>> sorted = new TreeMap<>();
        aliases.forEach((alias, byRule) -> sorted.put(alias, new TreeMap<>(byRule)));
        this.key = info.name()
                + '#'
                + hash(form + "|" + listed + "|" + groupBy + "|" + sorted + "|" + values + "|" + timespan + "|"
                        + suppress);
    }

    /** @param level 0 if it correlates detections only, else one more than the highest correlation it lists */
    static Correlation of(CorrelationRule rule, Form form, int level, boolean alerts) {
        long timespan = rule.timespan().toMillis();
        long suppress = rule.info().suppress().map(java.time.Duration::toMillis).orElse(timespan);
        return new Correlation(
                rule.info(),
                form,
                rule.rules(),
                rule.groupBy(),
                rule.aliases(),
                rule.fields(),
                rule.type().takesNumbers(),
                timespan,
                suppress,
                level,
                alerts);
    }

    /** A detection with {@code suppress}: every match fires, and more of the same extends the open alert. */
    static Correlation suppressing(DetectionRule rule, long suppress) {
        return new Correlation(
                rule.info(),
                new Form.Every(),
                List.of(rule.info().name()),
                List.of(),
                Map.of(),
                List.of(),
                false,
                suppress,
                suppress,
                0,
                true);
    }

    public RuleInfo info() {
        return info;
    }

    public Form form() {
        return form;
    }

    /** Names of the listed rules; position is step. */
    public List<String> listed() {
        return listed;
    }

    /** Fields that make the group of a match of the listed rule {@code step}. */
    List<String> groupFields(int step) {
        return java.util.Arrays.stream(fields[step]).map(Field::name).toList();
    }

    /** Milliseconds. */
    public long timespan() {
        return timespan;
    }

    /** Milliseconds. */
    public long suppress() {
        return suppress;
    }

    public int level() {
        return level;
    }

    /** False if it only feeds other correlations. */
    public boolean alerts() {
        return alerts;
    }

    /**
     * Name and hash of what decides its state. A new title keeps it, so a restart keeps the state; another threshold makes
     * another key, so its state starts afresh.
     */
    public String key() {
        return key;
    }

    /**
     * The group of an event that matched the listed rule {@code step}: of a field with several values the first counts.
     *
     * @return null if a {@code group-by} field is missing, so that the event belongs to no group
     */
    public GroupKey group(int step, SecurityEvent event) {
        List<String> values = new ArrayList<>(groupBy.size());
        for (Field field : fields[step]) {
            String value = event.text(field);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new GroupKey(key, values);
    }

    /**
     * What the event contributes beside itself: the values of the fields that the rule counts or sums, of a field with
     * several values the first; empty if it takes none.
     *
     * @return null if one is missing or no number where numbers are wanted, so that the event does not contribute
     */
    public String value(SecurityEvent event) {
        if (values.isEmpty()) {
            return "";
        }
        if (values.size() == 1) {
            String value = event.text(values.get(0));
            return value == null || (numbers && !isNumber(value)) ? null : value;
        }
        StringBuilder tuple = new StringBuilder();
        for (Field field : values) {
            String value = event.text(field);
            if (value == null) {
                return null;
            }
            // With its length in front, so that no two tuples look alike.
            tuple.append(value.length()).append(':').append(value);
        }
        return tuple.toString();
    }

    private static boolean isNumber(String value) {
        char last = value.isEmpty() ? ' ' : value.charAt(value.length() - 1);
        if (last < '0' || last > '9') {
            return false; // nor what only Java takes for a number: 1f, 0x1p3, NaN
        }
        try {
            return Double.isFinite(Double.parseDouble(value)) && value.chars().noneMatch(c -> c == 'x' || c == 'X');
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Values by the names in {@code group-by}, in its order. */
    public Map<String, String> named(GroupKey group) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < groupBy.size(); i++) {
            named.put(groupBy.get(i), group.values().get(i));
        }
        return named;
    }

    /** The firing as an event: its group values are its fields. */
    SecurityEvent asEvent(GroupKey group, String alertId, long time) {
        SecurityEvent.Builder event = new SecurityEvent.Builder(alertId, time);
        named(group).forEach((name, value) -> event.put(Fields.of(name), value));
        return event.build();
    }

    @Override
    public String toString() {
        return key;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
