package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.learning.Learning;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An exercise goes the way of everything else, and is never taken for it. */
class ExerciseTest extends ConsoleInChromium {
    @Test
    void anExerciseSaysSoInEveryMessageAndCountsInNoStatistics() {
        Page page = newPage("ja-JP", ColorScheme.DARK, 390, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.navigate(hinomi.url("/rules/drills"));
        page.fill("[name=ja]", "秋の訓練");
        page.fill("[name=en]", "=autumn exercise");
        page.selectOption("[name=resource]", "api");
        page.fill("[name=at]", "2001-01-01T00:00");
        page.click("#plan");
        assertThat(page.locator(".notice.bad")).containsText("過去");
        assertThat(page.locator("[name=ja]")).hasValue("秋の訓練");
        page.fill("[name=at]", "");
        page.click("#more");
        assertThat(page.locator(".drill-step")).hasCount(2);
        assertThat(page.locator("[name=ja]")).hasValue("秋の訓練");
        image(page, "drills");
        page.click("#more");
        page.locator("[name=resource]").nth(1).selectOption("sensors");
        page.locator("[name=after]").nth(1).fill("45");
        page.locator("[name=step-ja]").nth(1).fill("センサーも");
        page.click("#plan");
        assertThat(page.locator(".notice.bad")).containsText("両方の言語で");
        page.locator("[name=step-en]").nth(1).fill("sensors too");
        page.click("#plan");
        page.waitForURL("**/rules/drills/*");

        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.subject().contains("秋の訓練"));
        assertThat(mail.subject()).contains("【訓練】");
        assertThat(mail.text()).contains("これは訓練です");
        String id = hinomi.query("select alert_id from drill_step where sent_at is not null");
        assertThat(hinomi.query("select drill from alert where id = '" + id + "'"))
                .isEqualTo("t");
        hinomi.part(Triage.class).take(id, new Step.Acknowledge(), "", OptionalInt.empty(), "admin", Instant.now());

        page.reload();
        assertThat(page.locator("[data-step='1']")).containsText("vendor-noc");
        assertThat(page.locator("[data-step='1'] tr:has-text('確認')")).containsText("admin");
        assertThat(page.locator("[data-step='1']")).containsText("後に最初の応答");
        // The second comes three quarters of an hour later; the third was left out.
        assertThat(page.locator(".drill-part")).hasCount(2);
        assertThat(page.locator("[data-step='2']")).containsText("センサーも");
        assertThat(page.locator("[data-step='2']")).containsText("開始から 45分");
        Drills drills = hinomi.part(Drills.class);
        Drill drill = drills.newest().get(0);
        assertThat(drills.beginNext(drill.begunAt().orElseThrow().plusSeconds(45 * 60 - 1)))
                .isFalse();
        assertThat(drills.beginNext(drill.begunAt().orElseThrow().plusSeconds(45 * 60)))
                .isTrue();
        assertThat(hinomi.query("select title_en || ' ' || drill from alert where id = 'drill-" + drill.id() + "-2'"))
                .isEqualTo("[DRILL] sensors too true");
        assertThat(drills.cancel(drill.id(), "admin", Instant.now())).isFalse(); // all was sent
        page.reload();
        assertThat(page.locator("[data-step='2']")).containsText("promoter-csirt");
        image(page, "drill");
        long other = drills.plan(drill.name(), drill.steps(), Instant.now().plusSeconds(3600), "admin", Instant.now());
        assertThat(drills.cancel(other, "admin", Instant.now())).isTrue();
        assertThat(drills.beginNext(Instant.now().plusSeconds(7200))).isFalse();
        assertThat(page.request().get(page.url() + ".csv").text()).contains("\"ack\",\"admin\",\"console\"");
        page.navigate(hinomi.url("/alerts/" + id));
        assertThat(page.locator("h1")).containsText("【訓練】秋の訓練");
        Learning counted = new Learning(hinomi.part(JdbcClient.class), hinomi.part(RuleBook.class));
        assertThat(counted.all(SampleCity.TOKYO, Instant.now()))
                .noneMatch(rule -> rule.figures().id().startsWith(Drill.RULE));
        assertThat(complaints).isEmpty();
    }
}
