package jp.hinomi.alerting.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import jp.hinomi.city.Contact;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnCallTest {
    /** 2026-07-01 is a Wednesday. Times are Tokyo's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            24x7                | 2026-07-04T03:00 | 2026-07-04T03:00
            Mon-Fri 09:00-17:00 | 2026-07-01T09:00 | 2026-07-01T09:00
            Mon-Fri 09:00-17:00 | 2026-07-01T08:59 | 2026-07-01T09:00
            Mon-Fri 09:00-17:00 | 2026-07-01T17:00 | 2026-07-02T09:00
            Mon-Fri 09:00-17:00 | 2026-07-03T17:00 | 2026-07-06T09:00
            Wed 09:00-17:00     | 2026-07-01T18:00 | 2026-07-08T09:00
            Sat-Mon 10:00-12:00 | 2026-07-03T10:00 | 2026-07-04T10:00
            Mon-Fri 17:00-09:00 | 2026-07-04T08:59 | 2026-07-04T08:59
            Mon-Fri 17:00-09:00 | 2026-07-04T09:00 | 2026-07-06T17:00
            Mon-Sun 18:00-24:00 | 2026-07-01T23:59 | 2026-07-01T23:59
            Mon-Sun 18:00-24:00 | 2026-07-02T00:00 | 2026-07-02T18:00
            Mon-Fri 09:00-17:00, Sat 10:00-12:00 | 2026-07-03T18:00 | 2026-07-04T10:00
            """)
    void answersInItsHours(String hours, String at, String next) {
        Contact contact = new Contact("desk", Contact.Kind.DESK, ZoneId.of("Asia/Tokyo"), hours, List.of());
        Instant time = Instant.parse(at + ":00+09:00");
        assertThat(OnCall.next(contact, time)).isEqualTo(Instant.parse(next + ":00+09:00"));
        assertThat(contact.answersAt(time)).isEqualTo(at.equals(next));
    }
}
