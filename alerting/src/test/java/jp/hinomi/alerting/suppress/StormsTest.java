package jp.hinomi.alerting.suppress;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.events.Severity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A storm of alerts leaves few messages, loses none, and ends. */
class StormsTest extends SuppressionStories {
    /** More on demand: a storm of 100,000 takes minutes. */
    private static final int STORM = Integer.getInteger("hinomi.storm", 60);

    @Test
    void aStormLeavesFewMessagesAndEveryAlert() {
        hinomi.publishAll(IntStream.range(0, STORM)
                .mapToObj(i -> SampleAlert.of("many-" + i).target("sensors").group("source.ip", "192.0.2." + i)));
        hinomi.publish(SampleAlert.of("worse").target("sensors").severity(Severity.CRITICAL));
        Awaitility.await()
                .atMost(SOON.plusMillis(20L * STORM))
                .until(() -> hinomi.query("select count(*) from alert where id = 'worse'")
                        .equals("1"));
        assertThat(hinomi.query("select count(*) from alert where id like 'many-%'"))
                .isEqualTo(Integer.toString(STORM));
        hinomi.mail().await(SOON, mail -> mail.text().contains("worse"));
        pass(Duration.ofMinutes(10));
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery where state in ('pending', 'held')"
                        + " and stakeholder_id = 'maker'")
                .equals("0"));
        int messages = Integer.parseInt(hinomi.query(
                "select count(*) from delivery where stakeholder_id = 'maker' and state = 'sent' and created_at > '"
                        + NOW.get().minus(Duration.ofMinutes(15)) + "'"));
        assertThat(messages).isBetween(10, 20);
        assertThat(hinomi.query("select count(*) from delivery where alert_id like 'many-%' and state = 'digested'"))
                .isEqualTo(Integer.toString(2 * (STORM - 6)));
    }

    /**
     * Before this was mended: seventeen messages and a digest for each of four channels, and the second contact waited ten minutes for a
     * critical alert that the first was told of.
     */
    @Test
    void severalContactsOverSeveralChannelsGetNoMoreThanTwentyAndEveryoneHearsTheFirstCritical() {
        List<SampleAlert> storm = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            storm.add(SampleAlert.of("flood-" + i)
                    .target("pumps")
                    .rule("flood", "洪水", "Flood")
                    .severity(Severity.HIGH));
        }
        storm.add(SampleAlert.of("burst")
                .target("pumps")
                .target("valves")
                .rule("burst", "破裂", "Burst")
                .severity(Severity.CRITICAL));
        for (int i = 0; i < 20; i++) {
            storm.add(SampleAlert.of("next-" + i)
                    .target(i % 3 == 0 ? "pumps" : "valves")
                    .rule("next-" + i, "次", "Next")
                    .severity(Severity.CRITICAL));
        }
        hinomi.publishAll(storm.stream());
        Awaitility.await()
                .atMost(SOON.plusSeconds(20))
                .until(() -> hinomi.query("select count(*) from alert where id like 'next-%'")
                        .equals("20"));
        assertThat(hinomi.query(
                        "select count(*) from delivery where alert_id = 'burst' and state in ('pending', 'sent')"))
                .as("the first that is critical reaches both contacts over all their channels")
                .isEqualTo("4");
        pass(Duration.ofMinutes(10));
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery where state in ('pending', 'held')"
                        + " and stakeholder_id = 'works'")
                .equals("0"));
        String kinds = hinomi.query(
                "select count(*) filter (where kind = 'notice') || ' ' || count(*) filter (where kind = 'digest')"
                        + " from delivery where stakeholder_id = 'works' and state = 'sent'");
        int notices = Integer.parseInt(kinds.split(" ")[0]);
        int digests = Integer.parseInt(kinds.split(" ")[1]);
        assertThat(digests).isEqualTo(4);
        assertThat(notices + digests).isBetween(15, 20);
        // Nothing is lost: what was not told by itself is in a digest.
        assertThat(hinomi.query("select count(distinct alert_id) from delivery where stakeholder_id = 'works'"
                        + " and state in ('sent', 'digested') and alert_id is not null"))
                .isEqualTo("25");
    }

    /** Before this was mended: a storm of the wrong time kept its limit until that time had come. */
    @Test
    void aStormAndACauseOfAClockThatRanAheadHoldNothingBack() {
        Instant right = NOW.get();
        NOW.set(right.plus(Duration.ofHours(3)));
        for (int i = 0; i < 12; i++) {
            hinomi.publish(SampleAlert.of("future-" + i).target("sensors").rule("future_" + i, "先", "Future"));
        }
        hinomi.publish(SampleAlert.of("future-cause")
                .target("sensors")
                .rule("gateway_down", "断", "Down")
                .group("host.name", "gw-future"));
        hinomi.awaitAlert("future-cause", 1);
        assertThat(hinomi.query("select count(*) from delivery where held_kind = 'storm' and alert_id like 'future-%'"))
                .as("the storm holds back")
                .isNotEqualTo("0");
        NOW.set(right);
        hinomi.publish(
                SampleAlert.of("put-right").target("sensors").rule("put_right", "正", "Right"),
                SampleAlert.of("put-right-second").target("api").group("host.name", "gw-future"));
        hinomi.mail().await(SOON, mail -> mail.text().contains("put-right-second"));
        TestAlerting.await(() -> told("desk@maker.example.jp", "put-right"));
        EscalationCheck check = hinomi.part(EscalationCheck.class);
        check.look();
        NOW.set(right.plus(Duration.ofHours(3)).plusSeconds(10));
        hinomi.publish(
                SampleAlert.of("come-true").target("sensors").rule("come_true", "正", "True"),
                SampleAlert.of("come-true-second").target("api").group("host.name", "gw-future"));
        hinomi.mail().await(SOON, mail -> mail.text().contains("come-true-second"));
        TestAlerting.await(() -> told("desk@maker.example.jp", "come-true"));
    }

    private static final String UNHEARD = " from alarm where kind = 'unanswered' and object = 'policy:unheard'";

    private static long alarmMails() {
        return hinomi.mail().receivedBy("csirt@city.example.jp").stream()
                .filter(mail -> mail.subject().contains("運用警告") && mail.text().contains("「unheard」"))
                .count();
    }

    /** Before this was mended: an alarm for each of the alerts. */
    @Test
    void aStormThatNobodyAnswersIsOneAlarmThatCountsAndEndsByItself() {
        EscalationCheck check = hinomi.part(EscalationCheck.class);
        String begin = NOW.get().toString();
        hinomi.publishAll(IntStream.range(0, STORM)
                .mapToObj(i -> SampleAlert.of("unheard-" + i).target("kiosks").group("source.ip", "192.0.2." + i)));
        hinomi.awaitAlert("unheard-" + (STORM - 1), 1);
        for (int minutes = 0; minutes < 9; minutes++) {
            passAndSettle(Duration.ofMinutes(1));
        }
        // Those that were told in digests have their time from then on: some more are over after the alarm was told.
        check.look();
        TestAlerting.await(() -> alarmMails() > 0);
        assertThat(alarmMails()).isEqualTo(1);
        for (int minutes = 0; minutes < 30; minutes++) {
            passAndSettle(Duration.ofMinutes(1));
        }
        assertThat(hinomi.query("select count(*) from escalation where policy_id = 'unheard' and state = 'exhausted'"))
                .isEqualTo(Integer.toString(STORM));
        assertThat(hinomi.query("select found || ' ' || (settled_at is null)" + UNHEARD))
                .isEqualTo(STORM + " true");
        assertThat(Integer.parseInt(hinomi.query("select count(*) from delivery where stakeholder_id = 'promoter'"
                        + " and state = 'sent' and created_at >= '" + begin + "'")))
                .as(
                        "messages to the promoter: %s",
                        hinomi.query("select string_agg(kind || ' ' || cause || ' ' || coalesce(alert_id, '') || ' '"
                                + " || (created_at - '" + begin + "'::timestamptz), ', ' order by id) from delivery"
                                + " where stakeholder_id = 'promoter' and state = 'sent' and created_at >= '" + begin
                                + "'"))
                .isLessThanOrEqualTo(20);

        // What came after it was told is told with its number, once.
        check.look();
        passAndSettle(Duration.ZERO);
        check.look();
        passAndSettle(Duration.ofMinutes(11));
        check.look();
        passAndSettle(Duration.ZERO);
        assertThat(alarmMails()).as("the checker looks by itself, too").isBetween(2L, 5L);
        assertThat(hinomi.mail()
                        .await(SOON, mail -> mail.text().contains("だれも応答していない警報が"))
                        .text())
                .contains("警報が " + STORM + " 件あります");

        hinomi.execute("update alert set status = 'acknowledged' where id like 'unheard-%' and id <> 'unheard-0'");
        check.look();
        assertThat(hinomi.query("select settled_at is null" + UNHEARD))
                .as("one is left")
                .isEqualTo("t");
        hinomi.post("/api/v1/alerts/unheard-0/ack", "{\"answer\":\"take-over\"}");
        check.look();
        assertThat(hinomi.query("select settled_by" + UNHEARD)).isEqualTo("system");
    }
}
