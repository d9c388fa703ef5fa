package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.testing.ReceivedMail;
import org.awaitility.Awaitility;

/**
 * What happens to one alert, told in the order of time: {@code at("15 min").tells("boss@…")}. The clock is the story's own,
 * so that a quarter of an hour takes a moment; what is asserted is exact: {@link #tells} names everybody who got mail about
 * the alert since it was last asked, and nobody else.
 */
public final class Timeline {
    private static final Pattern TIME = Pattern.compile("(\\d+) (s|min|h|d)(?: (\\d+) (s|min|h))?");
    private static final Pattern STATE = Pattern.compile("data-state=\"([a-z-]+)\"");

    private final TestAlerting hinomi;
    private final AtomicReference<Instant> clock;
    private final Instant start;
    private final String alert;
    private int seen;
    private long silence;

    public Timeline(TestAlerting hinomi, AtomicReference<Instant> clock, String alert) {
        this.hinomi = hinomi;
        this.clock = clock;
        this.start = clock.get();
        this.alert = alert;
        this.seen = hinomi.mail().received().size();
    }

    /** Time goes on to that long after the beginning: {@code 15 min}, {@code 1 h 5 min}. */
    public Timeline at(String time) {
        Matcher parts = TIME.matcher(time);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a time: " + time);
        }
        Duration since = duration(parts.group(1), parts.group(2));
        if (parts.group(3) != null) {
            since = since.plus(duration(parts.group(3), parts.group(4)));
        }
        Instant now = start.plus(since);
        if (now.isBefore(clock.get())) {
            throw new IllegalArgumentException("a story goes on: " + time + " is over");
        }
        clock.set(now);
        return this;
    }

    private static Duration duration(String number, String unit) {
        long count = Long.parseLong(number);
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** The vendor holds back what matches, so long from now on. */
    public Timeline silences(String match, Duration length) {
        silence = hinomi.post(
                        "/api/v1/silences",
                        "{\"match\": " + match + ", \"owner\": \"vendor\", \"reason\": \"known\", \"until\": \""
                                + clock.get().plus(length) + "\"}")
                .get("id")
                .asLong();
        return this;
    }

    /** The alert, or a later revision of it, comes from the topic. */
    public Timeline arrives(SampleAlert sample) {
        hinomi.publish(sample);
        hinomi.awaitAlert(alert, sample.build().revision());
        return this;
    }

    /** Exactly these got mail about the alert since this was last asked, once each. */
    public Timeline tells(String... recipients) {
        settle();
        List<ReceivedMail> received = hinomi.mail().received();
        List<ReceivedMail> told = received.subList(seen, received.size()).stream()
                .filter(mail -> mail.text().contains(alert))
                .toList();
        seen = received.size();
        assertThat(told.stream().map(ReceivedMail::recipient))
                .as("told %s after the beginning: %s", since(), told)
                .containsExactlyInAnyOrder(recipients);
        return this;
    }

    public Timeline tellsNobody() {
        return tells();
    }

    /** Nothing is due any more: every step was told, and every message sent. */
    private void settle() {
        String now = clock.get().toString();
        hinomi.running().timePassed();
        Awaitility.await()
                .atMost(TestAlerting.SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> hinomi.query("select (select count(*) from escalation where next_at <= '" + now + "')"
                                + " + (select count(*) from delivery where state = 'pending' and next_attempt_at <= '"
                                + now + "') + (select count(*) from repetition where next_at <= '" + now + "')")
                        .equals("0"));
    }

    private Duration since() {
        return Duration.between(start, clock.get());
    }

    /** Whoever got the mail presses a button behind its link; the page must say that. */
    public Timeline answers(String recipient, String answer, String outcome) {
        HttpResponse<String> page = TestAlerting.send(HttpRequest.newBuilder(link(recipient))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("answer=" + answer + "&note=by+mail")));
        assertThat(state(page)).isEqualTo(outcome);
        return this;
    }

    /** A mail scanner, or a curious person, opens the link. */
    public Timeline opens(String recipient, String shown) {
        assertThat(state(TestAlerting.send(HttpRequest.newBuilder(link(recipient)))))
                .isEqualTo(shown);
        return this;
    }

    private URI link(String recipient) {
        ReceivedMail mail = hinomi.mail().receivedBy(recipient).stream()
                .filter(each -> each.text().contains(alert))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(recipient + " has no mail about " + alert));
        return URI.create(mail.link("/a/").orElseThrow());
    }

    private static String state(HttpResponse<String> page) {
        Matcher state = STATE.matcher(page.body());
        assertThat(state.find()).as(page.body()).isTrue();
        return state.group(1);
    }

    /** Somebody with a login answers, for a contact or (empty) for themselves. */
    public Timeline analystAnswers(String contact, String answer, String outcome) {
        String who = contact.isEmpty() ? "" : ",\"contact\":\"" + contact + "\"";
        assertThat(hinomi.post("/api/v1/alerts/" + alert + "/ack", "{\"answer\":\"" + answer + "\"" + who + "}")
                        .get("outcome")
                        .asText())
                .isEqualTo(outcome);
        return this;
    }

    /** State, round and step (from 1) of the alert's only escalation. */
    public Timeline stands(String expected) {
        assertThat(hinomi.query("select string_agg(state || ' ' || loop + 1 || '/' || step + 1, ', ' order by id)"
                        + " from escalation where alert_id = '" + alert + "'"))
                .isEqualTo(expected);
        return this;
    }

    public Timeline alertIs(String status) {
        assertThat(hinomi.query("select status from alert where id = '" + alert + "'"))
                .isEqualTo(status);
        return this;
    }
}
