package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.time.LocalDate;
import jp.hinomi.city.Contact;
import jp.hinomi.city.schedule.WeeklyHours;

/** When a contact hears of something: at once in its hours, else when they begin. Stateless. */
public final class OnCall {
    private OnCall() {}

    /** That time itself if it is within the contact's hours, else when they begin next. */
    public static Instant next(Contact contact, Instant time) {
        if (contact.answersAt(time)) {
            return time;
        }
        LocalDate today = time.atZone(contact.zone()).toLocalDate();
        Instant next = null;
        for (WeeklyHours.Span span : contact.hours().spans()) {
            // A week later the first day comes again.
            for (LocalDate day = today; !day.isAfter(today.plusDays(8)); day = day.plusDays(1)) {
                Instant begin = day.atTime(span.begin()).atZone(contact.zone()).toInstant();
                if (span.days().contains(day.getDayOfWeek())
                        && begin.isAfter(time)
                        && (next == null || begin.isBefore(next))) {
                    next = begin;
                }
            }
        }
        if (next == null) {
            throw new IllegalStateException("the contact " + contact.id() + " is never on call: " + contact.onCall());
        }
        return next;
    }
}
