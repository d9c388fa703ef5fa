package jp.hinomi.city.schedule;

/** What a rotation does on a holiday of its schedule's calendar. */
public enum OnHolidays {
    /** As on any day. */
    WORK,
    /** Nobody of it is on duty: the next rotation of the schedule is asked. */
    OFF,
    /** It is there for holidays alone. */
    ONLY,
    /** The hours of Sunday hold. */
    AS_SUNDAY;

    private final String word = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

    /** The word in files: {@code as-sunday}. */
    public String word() {
        return word;
    }
}
