package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import org.junit.jupiter.api.Test;

/** Many alerts at once, and many people at one: what somebody else has done meanwhile is never overwritten. */
class ManyHandsTest extends ConsoleInChromium {
    @Test
    void aStepForAWholeListTouchesExactlyWhatWasThereAndWhatNobodyElseChanged() {
        hinomi.publishAll(IntStream.rangeClosed(1, 60)
                .mapToObj(
                        i -> SampleAlert.of("whole-" + i).target("api").rule("whole-list", "一覧全体", "The whole list")));
        TestAlerting.await(() -> hinomi.query("select count(*) from alert where rule_id = 'whole-list'")
                .equals("60"));
        Page page = login(newPage());
        page.navigate(hinomi.url("/alerts?rule=whole-list"));
        assertThat(page.locator("tr.alert-row")).hasCount(50);
        hinomi.publish(SampleAlert.of("whole-61").target("api").rule("whole-list", "一覧全体", "The whole list"));
        hinomi.awaitAlert("whole-61", 1);
        page.keyboard().press("j");
        page.keyboard().press("X");
        page.keyboard().press("v");
        assertThat(page.locator("#step .exact")).hasText("This will judge and close 60 alerts.");
        page.fill("#step textarea", "a test of the whole list");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".toast.action")).isVisible();
        // Somebody else takes one of them meanwhile.
        hinomi.execute("update alert set assignee = 'other', triage_version = triage_version + 1 where id = 'whole-7'");
        dueNow();
        TestAlerting.await(() -> hinomi.query("select count(*) from bulk_action where state <> 'done' and alerts = 60")
                .equals("0"));
        assertThat(page.locator(".toast.action")).containsText("Done: 59.");
        assertThat(page.locator(".toast.action")).containsText("1 were changed by somebody else");
        assertThat(page.locator(".toast.action a")).hasText("whole-7");
        assertThat(work("whole-7")).isEqualTo("open  other");
        assertThat(work("whole-61")).isEqualTo("open  ");
        assertThat(hinomi.query("select count(*) from alert_verdict v join alert a on a.id = v.alert_id"
                        + " where a.rule_id = 'whole-list' and v.note = 'a test of the whole list'"))
                .isEqualTo("59");

        page.navigate(hinomi.url("/alerts?rule=whole-list&status=all&group=resource"));
        assertThat(page.locator(".groups tbody tr")).hasCount(1);
        assertThat(page.locator(".groups tbody .number").first()).hasText("61");
        page.navigate(hinomi.url("/alerts?rule=whole-list&status=all"));
        page.click("#fold");
        assertThat(page.locator("#facets")).containsText("61 alerts");
        page.click("#facets a:has-text('closed')");
        assertThat(page).hasURL(Pattern.compile("status=closed"));
        page.click(".save summary");
        page.fill(".save input[name=name]", "The <b>list</b>");
        page.click(".save button");
        assertThat(page.locator(".view a[aria-current]")).hasText("The <b>list</b>");
        page.click(".view .drop");
        assertThat(page.locator(".view")).hasCount(0);
    }

    private static void dueNow() {
        hinomi.execute("update bulk_action set due_at = now() - interval '1 second' where state = 'waiting'");
    }

    private static String work(String id) {
        return hinomi.query("select work || ' ' || coalesce(verdict, '') || ' ' || coalesce(assignee, '')"
                + " from alert where id = '" + id + "'");
    }

    @Test
    void twoPeopleOnOneAlertLoseNothing() {
        hinomi.publish(SampleAlert.of("two-people").target("api"));
        hinomi.awaitAlert("two-people", 1);
        Page one = login(newPage());
        one.navigate(hinomi.url("/alerts/two-people"));
        Page other = login(newPage());
        other.navigate(hinomi.url("/alerts/two-people"));
        other.selectOption("#verdict", "true-positive");
        other.fill("#verdict-note", "seen on the bastion");
        other.click("#judge button");
        assertThat(other.locator(".alert-head .state")).hasText("closed");

        one.selectOption("#verdict", "false-positive");
        one.fill("#verdict-note", "only <the> scanner");
        one.click("#judge button");
        assertThat(one.locator(".notice[role=status]").first()).containsText("Nothing was overwritten");
        assertThat(one.locator("#verdict-note")).hasValue("only <the> scanner");
        assertThat(one.locator(".judged")).containsText("seen on the bastion");
        one.selectOption("#verdict", "false-positive");
        one.click("#judge button");
        assertThat(one.locator(".judged li")).hasCount(2);
        assertThat(one.locator(".alert-head .verdict")).hasText("false positive");
        one.click("text=Reopen");
        assertThat(one.locator(".alert-head .state")).hasText("in progress");
    }

    /** Failed when the form of an incident overwrote what another had written since it was opened. */
    @Test
    void twoPeopleOnOneIncidentLoseNothing() {
        hinomi.publish(SampleAlert.of("two-on-incident").target("api"));
        hinomi.awaitAlert("two-on-incident", 1);
        String number = hinomi.post("/api/v1/incidents", "{\"alert\":\"two-on-incident\"}")
                .get("number")
                .asText();
        Page one = login(newPage());
        one.navigate(hinomi.url("/incidents/" + number));
        Page other = login(newPage());
        other.navigate(hinomi.url("/incidents/" + number));
        other.selectOption("#judgement select", "true-positive");
        other.fill("#judgement textarea", "VPN without a second factor");
        other.click("#judgement button");
        other.selectOption("form[action$='/edit'] select[name=status]", "closed");
        other.fill("form[action$='/edit'] textarea", "one account");
        other.click("form[action$='/edit'] button");
        assertThat(other.locator(".alert-head .state")).hasText("closed");

        one.selectOption("#judgement select", "false-positive");
        one.fill("#judgement textarea", "only <the> scanner");
        one.click("#judgement button");
        assertThat(one.locator(".notice[role=alert]")).containsText("Nothing was overwritten");
        assertThat(one.locator("#judgement textarea")).hasValue("only <the> scanner");
        assertThat(one.locator("#judgement select")).hasValue("false-positive");
        assertThat(one.locator("#judgement .muted")).containsText("VPN without a second factor");
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select verdict from incident where number = '" + number + "'"))
                .isEqualTo("true-positive");
        // Whoever has read it and means it, saves it.
        one.click("#judgement button");
        assertThat(one.locator(".notice.good")).isVisible();
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select verdict from incident where number = '" + number + "'"))
                .isEqualTo("false-positive");

        Page third = login(newPage());
        third.navigate(hinomi.url("/incidents/" + number));
        other.fill("form[action$='/edit'] textarea", "two accounts");
        other.click("form[action$='/edit'] button");
        third.fill("form[action$='/edit'] textarea", "three accounts");
        third.click("form[action$='/edit'] button");
        assertThat(third.locator(".notice[role=alert]")).containsText("Nothing was overwritten");
        assertThat(third.locator("form[action$='/edit'] textarea")).hasValue("three accounts");
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select impact from incident where number = '" + number + "'"))
                .isEqualTo("two accounts");
    }
}
