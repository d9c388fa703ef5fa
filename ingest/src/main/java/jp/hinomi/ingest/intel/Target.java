package jp.hinomi.ingest.intel;

import java.util.List;
import java.util.function.Predicate;
import jp.hinomi.events.Field;
import jp.hinomi.events.SecurityEvent;

/**
 * What a property of a STIX object is in an event.
 *
 * @param subject in which form its values are compared; null for numbers
 * @param fields where they stand; all of them are also the subject's own
 */
record Target(Subject subject, List<Field> fields) {
    Target {
        fields = List.copyOf(fields);
        if (subject != null && !subject.fields().containsAll(fields)) {
            throw new IllegalArgumentException(fields + " are not all fields of " + subject);
        }
    }

    boolean isNumber() {
        return subject == null;
    }

    /** Whether every value of the subject is one of the property, so that finding one settles a comparison. */
    boolean isWhole() {
        return subject != null && fields.size() == subject.fields().size();
    }

    /** Whether the test holds for any value, in canonical form, that the event has. */
    boolean any(SecurityEvent event, Predicate<String> test) {
        for (Field field : fields) {
            Object value = event.get(field);
            if (value instanceof List<?> list) {
                for (Object each : list.subList(0, Math.min(list.size(), Subject.MAX_VALUES))) {
                    if (holds(Subject.text(each), test)) {
                        return true;
                    }
                }
            } else if (value != null && holds(Subject.text(value), test)) {
                return true;
            }
        }
        if (subject == Subject.URL) {
            String assembled = Urls.assembled(event);
            return assembled != null && holds(assembled, test);
        }
        return false;
    }

    private boolean holds(String value, Predicate<String> test) {
        if (subject == null) {
            return test.test(value);
        }
        if (subject == Subject.URL && !Urls.hasScheme(value)) {
            return false;
        }
        String canonical = subject.canonical(value);
        return canonical != null && test.test(canonical);
    }
}
