package jp.hinomi.alerting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestBrowser;

/** What each of the three users does in a day, in the order of the day. Each leaves to the next what it made. */
final class Days {
    private final Minato minato;
    private final TestBrowser browser;
    private final Shots shots;

    /** Of the intrusion; known when the lead has opened it. */
    private String incident = "";

    Days(Minato minato, TestBrowser browser, Shots shots) {
        this.minato = minato;
        this.browser = browser;
        this.shots = shots;
    }

    String incident() {
        return incident;
    }

    /** In Japanese, with the clock of the city. */
    private Page page(ColorScheme colors, int width, int height, List<String> complaints) {
        Page page = browser.newPage("ja-JP", colors, width, height);
        return watched(page, complaints);
    }

    private Page watched(Page page, List<String> complaints) {
        page.clock().setFixedTime(minato.now().toEpochMilli());
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private String work(String alert) {
        return minato.hinomi()
                .query(
                        "select work || ' ' || coalesce(verdict, '') || ' ' || coalesce(assignee, '') from alert where id = '"
                                + alert + "'");
    }

    private void becomes(String alert, String expected) {
        TestAlerting.await(() -> work(alert).equals(expected));
    }

    /** The moment in which a step can be taken back is over. */
    private void due() {
        minato.later(Duration.ofSeconds(15));
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    /** Goes to the top and down the list until that alert is chosen. */
    private static void downTo(Page page, String alert) {
        for (int i = 0;
                i < 20
                        && page.locator("tr.selected").count() > 0
                        && !page.locator("tr.alert-row:first-child.selected").isVisible();
                i++) {
            press(page, "k");
        }
        for (int i = 0;
                i < 20 && !page.locator("tr.selected[data-id=" + alert + "]").isVisible();
                i++) {
            press(page, "j");
        }
        assertThat(page.locator("tr.selected")).hasAttribute("data-id", alert);
    }

    void analyst() {
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = page(ColorScheme.LIGHT, 1440, 900, complaints);
        minato.login(page, "aoki", AccountRole.ANALYST, "");
        assertThat(page.locator("tr.alert-row")).hasCount(12);
        assertThat(page.locator("#live")).hasText("更新中");
        shots.take(page, "queue-ja");

        // Acknowledged by mistake, and taken back before anything happened; then meant.
        downTo(page, "al-12");
        // Both keys at once: whoever is quicker than the server means that step.
        press(page, "a", "z");
        assertThat(page.locator(".toast.action").first()).containsText("何も変わっていません");
        downTo(page, "al-12");
        press(page, "m");
        becomes("al-12", "open  aoki");
        assertThat(page.locator("#alert-al-12 .who-col b")).hasText("aoki");

        // Opened, read, and back to the same place of the list.
        press(page, "Enter");
        page.waitForURL("**/alerts/al-12");
        assertThat(page.locator("h1")).hasText("攻撃後のWebシェル設置");
        assertThat(page.locator(".evidence .original").last()).containsText("/img/thumb.php");
        shots.take(page, "alert-ja");
        press(page, "u");
        page.waitForURL("**/alerts");

        // One after the other: what was wanted is judged and leaves the queue.
        downTo(page, "al-03");
        press(page, "v");
        assertThat(page.locator("#step .exact")).containsText("1 件の警報を判定して完了します");
        press(page, "3", "Tab");
        page.keyboard().type("委託先の脆弱性診断（7/1 午前、届出済み）");
        shots.take(page, "verdict-ja");
        press(page, "Control+Enter");
        assertThat(page.locator("#step")).isHidden();
        due();
        becomes("al-03", "closed benign ");
        assertThat(minato.hinomi().query("select note from alert_verdict where alert_id = 'al-03'"))
                .startsWith("委託先の脆弱性診断");

        // Many at once, counted before, with one note, and taken back once.
        press(page, "/");
        page.keyboard().type("203.0.113.7");
        assertThat(page.locator("tr.alert-row")).hasCount(2);
        press(page, "Escape");
        assertThat(page.locator("#q")).hasValue("203.0.113.7");
        press(page, "j", "x", "j", "x");
        assertThat(page.locator("#marked")).hasText("2 件を選択中");
        press(page, "e");
        assertThat(page.locator("#step .exact")).containsText("2 件の警報をインシデントに加えます");
        press(page, "Enter");
        // The question is over; what is undone is the step of it, although its answer may not be there yet.
        assertThat(page.locator("#step")).isHidden();
        press(page, "z");
        assertThat(page.locator(".toast.action").first()).containsText("何も変わっていません");
        press(page, "X", "e");
        assertThat(page.locator("#step .exact")).isVisible();
        press(page, "Enter");
        assertThat(page.locator("#step")).isHidden();
        due();
        TestAlerting.await(() -> minato.hinomi()
                .query("select count(*) from incident_alert where alert_id in ('al-05', 'al-10')")
                .equals("2"));

        // A search is a part of the address, and the way back restores it.
        assertThat(page).hasURL(Pattern.compile("q=203"));
        page.navigate(minato.hinomi().url("/alerts"));
        press(page, "?");
        assertThat(page.locator("#keys")).isVisible();
        press(page, "Escape");
        assertThat(page.locator("#keys")).isHidden();
        assertThat(page.locator("tr.alert-row")).hasCount(11);
        assertThat(complaints).isEmpty();
        page.context().close();
    }

    void lead() {
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = page(ColorScheme.LIGHT, 1440, 900, complaints);
        minato.login(page, "tanaka", AccountRole.CSIRT_LEAD, "");
        page.navigate(minato.hinomi().url("/alerts/al-12"));
        page.click(".of-incident form[action='/incidents'] button");
        page.waitForURL("**/incidents/INC-2026-*");
        incident = page.url().replaceAll(".*/(INC-2026-\\d+).*", "$1");

        // What the attacker did before belongs to it as well.
        page.navigate(minato.hinomi().url("/alerts/al-08"));
        page.selectOption(".of-incident select[name=incident]", incident);
        page.click(".of-incident form[action='/incidents'] button");
        page.waitForURL("**/incidents/" + incident + "*");
        assertThat(page.locator(".attached a:has-text('パストラバーサル')").first()).isVisible();

        write(page, "measure", "防災ポータルを公開系から切り離した");
        write(page, "finding", "アップロード機能の検査が外れていた");
        Locator entry = page.locator("#timeline li.k-measure").last();
        entry.locator("summary").click();
        entry.locator("textarea").fill("防災ポータルを公開系から切り離し、静的な案内ページに切り替えた");
        entry.locator("details button").click();
        page.waitForURL("**done=*");
        assertThat(page.locator("#timeline li.k-measure")).hasCount(1);
        assertThat(page.locator("#timeline li.k-measure")).containsText("静的な案内ページ");

        // Refused while an entry was being written: it comes back as that entry, not as the correction of another.
        String entryForm = "#timeline > details:has(select[name=type]) form";
        page.locator("#timeline > details:has(select[name=type]) summary").click();
        page.fill(entryForm + " textarea", "検体を解析に回した");
        page.evaluate("document.querySelector('" + entryForm + "').dispatchEvent(new Event('submit', {bubbles: true}));"
                + " document.dispatchEvent(new Event('hinomi:refused'))");
        page.reload();
        assertThat(page.locator(entryForm + " textarea").last()).hasValue("検体を解析に回した");
        assertThat(page.locator("#timeline li form textarea").first()).not().hasValue("検体を解析に回した");
        page.click("#timeline .notice.kept button");

        task(page, "Webシェルの検体を保全する", "soc-desk");
        task(page, "利用者への案内文を用意する", "minato-csirt");
        page.locator("#tasks li").first().locator("button").click();
        assertThat(page.locator("#tasks li.done")).hasCount(1);

        // The operator of the portal answers by the link in its mail.
        answers("noc@bousai-service.example.jp", "al-12", "サーバを停止しました。ログを保全中です。");
        minato.later(Duration.ofMinutes(4));
        page.reload();
        assertThat(page.locator(".resources li", new Page.LocatorOptions().setHasText("みなと防災情報サービス")))
                .containsText("確認");
        page.selectOption("#judgement select", "true-positive");
        page.fill("#judgement textarea", "ポータルのアップロード機能から設置されたWebシェル");
        page.click("#judgement button");
        page.waitForURL("**done=*");
        shots.take(page, "incident-ja");

        page.click("#timeline h2 a");
        page.waitForURL("**/timeline");
        page.click(".timeline .k-finding .pin");
        page.waitForURL("**/timeline#e-*");
        assertThat(page.locator(".timeline > li.pinned")).hasCount(1);
        page.navigate(minato.hinomi().url("/incidents/" + incident + "/timeline"));
        shots.take(page, "timeline-ja");

        report(page, "initial", "防災ポータルにWebシェルが設置された。公開を止め、調査している。");
        minato.later(Duration.ofHours(3));
        report(page, "follow-up", "");
        minato.later(Duration.ofHours(26));
        // The next day: nobody used the session meanwhile.
        minato.login(page, "tanaka", AccountRole.CSIRT_LEAD, "");
        report(page, "final", "");
        shots.take(page, "report-ja");
        page.navigate(minato.hinomi().url("/incidents/" + incident));
        assertThat(page.locator(".report-list li")).hasCount(3);
        page.locator("form[action$='/edit'] select[name=status]").selectOption("closed");
        page.click("form[action$='/edit'] button");
        page.waitForURL("**done=saved");
        assertThat(page.locator(".alert-head .state")).hasText("終了");
        assertThat(complaints).isEmpty();
        page.context().close();
    }

    private static void write(Page page, String type, String text) {
        Locator details = page.locator("#timeline > details:has(select[name=type])");
        details.locator("summary").click();
        Locator form = details.locator("form");
        form.locator("select[name=type]").selectOption(type);
        form.locator("textarea").fill(text);
        form.locator("button").click();
        page.waitForURL("**done=noted*");
    }

    private static void task(Page page, String title, String owner) {
        Locator form = page.locator("#tasks > details form");
        if (!form.isVisible()) {
            page.locator("#tasks > details > summary").click();
        }
        form.locator("input[name=title]").fill(title);
        form.locator("input[name=owner]").fill(owner);
        form.locator("button").click();
        assertThat(page.locator("#tasks li", new Page.LocatorOptions().setHasText(title)))
                .isVisible();
    }

    private void answers(String recipient, String alert, String note) {
        Page page = browser.newPage();
        page.navigate(link(recipient, alert));
        page.fill("#note", note);
        page.click("#confirm");
        assertThat(page.locator(".notice.good")).isVisible();
        page.context().close();
    }

    /** The signed link of the mail that the recipient really got about the alert. */
    String link(String recipient, String alert) {
        ReceivedMail mail = minato.hinomi()
                .mail()
                .await(
                        TestAlerting.SOON,
                        one -> one.to().equals(recipient)
                                && one.link("/a/").isPresent()
                                && one.text().contains(alert));
        return mail.link("/a/").orElseThrow();
    }

    /** One about the whole, for the prefecture. */
    private void report(Page page, String stage, String summary) {
        page.navigate(minato.hinomi().url("/incidents/" + incident));
        Locator form = page.locator("#reports form");
        if (!form.isVisible()) {
            page.locator("#reports summary").click();
        }
        form.locator("select[name=form]").selectOption("cyber-incident");
        form.locator("select[name=stage]").selectOption(stage);
        form.locator("select[name=recipient]").selectOption("prefecture");
        form.locator("button").click();
        page.waitForURL("**/reports/*");
        assertThat(page.locator("select[name=stage]")).hasValue(stage);
        if (!summary.isEmpty()) {
            page.fill("#f-overview", summary);
            // Looked something up in the incident before it was saved.
            page.click(".crumb a");
            page.waitForURL("**/incidents/" + incident);
            page.click("#main > .notice.kept a");
            page.waitForURL("**/reports/*");
            assertThat(page.locator("#f-overview")).hasValue(summary);
        }
        page.click("button[value=submit]");
        page.waitForURL("**done=submitted");
    }

    void stakeholder() {
        String theirs = minato.hinomi()
                .query("select i.number from incident i join incident_alert a on a.incident_id = i.id"
                        + " where a.alert_id = 'al-10' and a.detached_at is null");
        long report = minato.post(
                        "/api/v1/incidents/" + theirs + "/reports",
                        java.util.Map.of("form", "stakeholder", "recipient", "os-vendor"))
                .get("id")
                .asLong();
        minato.post("/api/v1/reports/" + report + "/submit", java.util.Map.of("revision", 1));
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = watched(browser.newPhone("ja-JP", ColorScheme.LIGHT), complaints);
        page.navigate(link("noc@os-vendor.example.jp", "al-10"));
        assertThat(page.locator("h1")).hasText("総当たり攻撃後のSSHログイン成功");
        shots.take(page, "link-phone-ja");
        page.fill("#note", "踏み台の接続を切りました。");
        page.locator("#confirm").tap();
        assertThat(page.locator(".notice.good")).containsText("確認を記録しました");

        minato.login(page, "suzuki", AccountRole.STAKEHOLDER, "os-vendor");
        assertThat(page).hasURL(Pattern.compile("/own$"));
        assertThat(page.locator(".own-list").last()).containsText("総当たり攻撃後のSSHログイン成功");
        assertThat(page.locator(".own-list").last()).not().containsText("Webシェル");
        shots.take(page, "own-phone-ja");
        assertThat(page.navigate(minato.hinomi().url("/own/alerts/al-12")).status())
                .isEqualTo(404);
        assertThat(page.navigate(minato.hinomi().url("/alerts")).status()).isEqualTo(403);
        complaints.clear(); // the browser itself names the two refusals

        page.navigate(minato.hinomi().url("/own"));
        page.locator(".own-list a[href*='/incidents/']").first().tap();
        page.fill("#text", "保守用アカウントを停止し、鍵を交換しました。");
        page.locator(".answers button").tap();
        page.waitForURL("**#timeline");
        assertThat(page.locator("#timeline")).containsText("鍵を交換しました");
        shots.take(page, "own-incident-phone-ja");
        assertThat(page.locator("#reports a").first()).containsText("第1号");
        assertThat(complaints).isEmpty();
        proposes(page);
        assertThat(complaints).isEmpty();
        page.context().close();
    }

    /** Somebody is away, and the desk has a new address: both wait until the city has approved them. */
    private void proposes(Page page) {
        page.setViewportSize(390, 844);
        page.navigate(minato.hinomi().url("/own/contacts"));
        Locator desk = page.locator("section.card:has(form[action='/own/contacts/os-vendor-noc'])");
        Locator change = desk.locator("details:has(form[action='/own/contacts/os-vendor-noc'])");
        change.locator("summary").tap();
        change.locator("input[name='address-0']").fill("nobody");
        change.locator("input[name=reason]").fill("窓口のアドレスの変更");
        change.locator("button.primary").tap();
        assertThat(page.locator("[role=alert]")).containsText("nobody");
        assertThat(change.locator("input[name=reason]")).hasValue("窓口のアドレスの変更");
        change.locator("input[name='address-0']").fill("soc@os-vendor.example.jp");
        change.locator("button.primary").tap();
        page.waitForURL("**/own/contacts?said=true#proposals");
        Locator duty = page.locator("details:has(form[action='/own/duty/os-vendor-duty'])");
        duty.locator("summary").tap();
        duty.locator("select[name=away]").selectOption("os-vendor-night-a");
        duty.locator("input[name=stands][value=os-vendor-night-b]").check();
        duty.locator("input[name=from]").fill("2026-08-13T09:00");
        duty.locator("input[name=to]").fill("2026-08-16T09:00");
        duty.locator("input[name=reason]").fill("夏季休暇");
        duty.locator("button.primary").tap();
        page.waitForURL("**/own/contacts?said=true#proposals");
        Locator fresh = page.locator("#new-contact");
        fresh.locator("summary").tap();
        fresh.locator("input[name=contact]").fill("os-vendor-night-c");
        fresh.locator("input[name=email]").fill("night-c@os-vendor.example.jp");
        fresh.locator("input[name=reason]").fill("夜間当番の増員");
        fresh.locator("button.primary").tap();
        page.waitForURL("**/own/contacts?said=true#proposals");
        Locator turns = page.locator("details:has(.turns input[value='夜間休日'])");
        turns.locator("summary").tap();
        assertThat(turns.locator("select[name=turn-0]")).hasValue("os-vendor-night-a");
        turns.locator("select[name=turn-0]").selectOption("os-vendor-night-b");
        turns.locator("select[name=turn-1]").selectOption("os-vendor-night-a");
        turns.locator("input[name=length]").fill("2");
        turns.locator("input[name=reason]").fill("順番の変更");
        turns.locator("button.primary").tap();
        page.waitForURL("**/own/contacts?said=true#proposals");
        assertThat(page.locator("#proposals .says"))
                .containsText("「夜間休日」の順番：os-vendor-night-b → os-vendor-night-a（2週間ごとに09:00に交代");
        assertThat(page.locator("#proposals .says")).containsText("連絡先 os-vendor-night-c を追加：個人、対応時間 24時間");
        assertThat(page.locator("#proposals")).containsText("soc@os-vendor.example.jp");
        assertThat(page.locator("#proposals")).containsText("夏季休暇");
        assertThat(page.locator("#proposals .proposal")).hasCount(1);
        assertThat(desk.locator("ul").first()).containsText("noc@os-vendor.example.jp");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        shots.take(page, "own-contacts-phone-ja");
        page.locator("#proposals button").tap();
        page.waitForURL("**/own/contacts#proposals");
        assertThat(page.locator("#proposals")).hasCount(0);
    }

    /** What else the guide to the console shows, in the other language and the other colours. */
    void places() {
        minato.judge("al-01", Verdict.FALSE_POSITIVE, "");
        minato.judge("al-02", Verdict.BENIGN, "");
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page dark = watched(browser.newPage("en-US", ColorScheme.DARK, 1440, 900), complaints);
        minato.admin(dark);
        see(dark, "/alerts?status=all", "queue-en-dark");
        see(dark, "/alerts/al-10", "alert-en-dark");
        see(dark, "/incidents/" + incident + "/timeline", "timeline-en-dark");
        see(dark, "/rules/coverage", "coverage-en-dark");
        see(dark, "/operations/sources", "sources-en-dark");
        dark.context().close();
        Page light = watched(browser.newPage("ja-JP", ColorScheme.LIGHT, 1440, 900), complaints);
        minato.admin(light);
        see(light, "/map/graph", "map-graph-ja");
        see(light, "/map/ask?q=10.20.1.5", "map-ask-ja");
        see(light, "/rules", "rules-ja");
        see(light, "/operations", "operations-ja");
        String mail = minato.hinomi()
                .query("select id from delivery where alert_id = 'al-10' and contact_id = 'os-vendor-noc'"
                        + " and state = 'sent' order by id limit 1");
        Page stored = browser.newPage("ja-JP", ColorScheme.LIGHT, 820, 900);
        stored.context()
                .addCookies(light.context().cookies().stream()
                        .map(cookie -> new Cookie(cookie.name, cookie.value)
                                .setUrl(minato.hinomi().url("/")))
                        .toList());
        see(stored, "/deliveries/" + mail + "/mail", "mail-ja");
        stored.context().close();
        light.context().close();
        assertThat(complaints).isEmpty();
    }

    private void see(Page page, String path, String name) {
        assertThat(page.navigate(minato.hinomi().url(path)).status()).isEqualTo(200);
        shots.take(page, name);
    }
}
