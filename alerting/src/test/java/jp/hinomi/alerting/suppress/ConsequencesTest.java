package jp.hinomi.alerting.suppress;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.hinomi.alerting.SampleAlert;
import org.junit.jupiter.api.Test;

/** What follows from another alert waits while that is open. */
class ConsequencesTest extends SuppressionStories {
    @Test
    void aConsequenceWaitsWhileItsCauseIsOpen() {
        hinomi.publish(SampleAlert.of("cause")
                .target("sensors")
                .rule("gateway_down", "断", "Down")
                .group("host.name", "gw-1"));
        hinomi.publish(SampleAlert.of("effect").target("api").group("host.name", "gw-1"));
        hinomi.publish(SampleAlert.of("other-host").target("api").group("host.name", "gw-2"));
        hinomi.publish(SampleAlert.of("no-host").target("api").group("source.ip", "192.0.2.1"));
        hinomi.awaitAlert("no-host", 1);
        assertThat(state("effect")).isEqualTo("held inhibited");
        hinomi.mail().await(SOON, mail -> mail.text().contains("other-host"));
        hinomi.mail().await(SOON, mail -> mail.text().contains("no-host"));
        assertThat(told("noc@vendor.example.jp", "effect")).isFalse();
        pass(Duration.ofMinutes(30));
        hinomi.mail().await(SOON, mail -> mail.text().contains("effect"));
    }

    /** Before this was mended: what was held waited for the planned end of its cause. */
    @Test
    void aConsequenceIsToldWhenItsCauseIsClosedOrNoLongerExplainsIt() {
        hinomi.publish(SampleAlert.of("closes")
                .target("sensors")
                .rule("gateway_down", "断", "Down")
                .group("host.name", "gw-3"));
        hinomi.publish(SampleAlert.of("changes")
                .target("sensors")
                .rule("gateway_down", "断", "Down")
                .group("host.name", "gw-4"));
        hinomi.publish(SampleAlert.of("follows-3").target("api").group("host.name", "gw-3"));
        hinomi.publish(SampleAlert.of("follows-4").target("api").group("host.name", "gw-4"));
        hinomi.awaitAlert("follows-4", 1);
        assertThat(state("follows-3")).isEqualTo("held inhibited");
        assertThat(state("follows-4")).isEqualTo("held inhibited");
        // Somebody acts on the cause: its consequences are still none of their own.
        hinomi.post("/api/v1/alerts/closes/ack", "{}");
        HeldReview review = hinomi.part(HeldReview.class);
        assertThat(review.look()).isZero();
        assertThat(state("follows-3")).isEqualTo("held inhibited");

        hinomi.execute("update alert set status = 'closed' where id = 'closes'");
        hinomi.running().timePassed();
        hinomi.mail().await(SOON, mail -> mail.text().contains("follows-3"));
        assertThat(told("noc@vendor.example.jp", "follows-4")).isFalse();
        hinomi.publish(SampleAlert.of("changes")
                .target("sensors")
                .rule("gateway_down", "断", "Down")
                .group("host.name", "gw-5")
                .revision(2));
        hinomi.awaitAlert("changes", 2);
        hinomi.running().timePassed();
        hinomi.mail().await(SOON, mail -> mail.text().contains("follows-4"));
        assertThat(hinomi.query("select string_agg(detail, ' ') from audit_log where action = 'held.released'"
                        + " and object like 'inbox:hold:inhibited:%'"))
                .contains("closes", "changes");
    }
}
