package jp.hinomi.alerting.report;

import java.util.regex.Pattern;

/** Hides who people are in what is filled into a report. Linear in the length of the text. Stateless and thread-safe. */
public final class Masking {
    private static final String MASK = "***";

    /** ECS fields that name people: accounts, addresses of mail, full names. */
    private static final Pattern PERSONAL_FIELD =
            Pattern.compile("(.*\\.)?(user|email|related\\.user)(\\..*)?|related\\.user|user_agent\\.original");

    private static final Pattern MAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}+");

    /** Japanese telephone numbers, and the twelve digits of an individual number. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![0-9.-])(?:0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|0[0-9]{9,10}|[0-9]{12}|[0-9]{4}[- ][0-9]{4}[- ][0-9]{4})(?![0-9.-])");

    private Masking() {}

    /** A value of a field: all of it but its first character where the field names people. */
    public static String value(String field, String value) {
        if (PERSONAL_FIELD.matcher(field).matches() && !value.isEmpty()) {
            return value.substring(0, value.offsetByCodePoints(0, 1)) + MASK;
        }
        return text(value);
    }

    /** Running text: addresses of mail, telephone and individual numbers. */
    public static String text(String text) {
        return NUMBER.matcher(MAIL.matcher(text).replaceAll(MASK + "@" + MASK)).replaceAll(MASK);
    }
}
