package jp.hinomi.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;
import org.junit.jupiter.api.Test;

class TestLimitTest {
    private static final Instant START = Instant.parse("2026-04-07T00:00:00Z");
    private static final Channel MAIL = new Channel.Email("noc@vendor.example.jp");
    private static final Channel CALL =
            new Channel.Phone(Gateway.Kind.VOICE, "+819000000000", "city-voice", Optional.empty());

    /** Somebody presses the button every ten seconds for that long: when a test went out. */
    private static List<Instant> pressing(Channel channel, Duration duration) {
        List<Instant> sent = new ArrayList<>();
        for (Instant now = START; now.isBefore(START.plus(duration)); now = now.plusSeconds(10)) {
            if (TestLimit.decide(channel, sent, sent, now).isEmpty()) {
                sent.add(now);
            }
        }
        return sent;
    }

    @Test
    void whoeverKeepsPressingGetsSixMailsAnHourOneMinuteApart() {
        List<Instant> sent = pressing(MAIL, Duration.ofHours(3));
        assertThat(sent).hasSize(18);
        assertThat(sent.subList(0, 7))
                .extracting(at -> Duration.between(START, at).toMinutes())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 60L);
    }

    @Test
    void aTelephoneRingsFourTimesADay() {
        assertThat(pressing(CALL, Duration.ofHours(24)))
                .extracting(at -> Duration.between(START, at).toMinutes())
                .containsExactly(0L, 10L, 20L, 30L);
    }

    @Test
    void theRefusalSaysWhenThereMayBeAnother() {
        List<Instant> sent = List.of(START);
        TestLimit.Refusal refusal =
                TestLimit.decide(MAIL, sent, sent, START.plusSeconds(20)).orElseThrow();
        assertThat(refusal.again()).isEqualTo(START.plusSeconds(60));
        assertThat(refusal.reason().en()).contains("once in 1 min");
        assertThat(refusal.reason().ja()).contains("1分に1回");
    }

    @Test
    void allChannelsTogetherHaveALimitToo() {
        List<Instant> others = java.util.Collections.nCopies(120, START);
        assertThat(TestLimit.decide(MAIL, List.of(), others, START.plusSeconds(1)))
                .map(TestLimit.Refusal::again)
                .contains(START.plus(Duration.ofMinutes(10)));
        assertThat(TestLimit.decide(MAIL, List.of(), others, START.plus(Duration.ofMinutes(10))))
                .isEmpty();
    }
}
