package jp.hinomi.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.alerting.webhook.Webhooks;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Whole days of those who use the console, in Chromium, and what the console looks like after them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DaysTest {
    private static Minato minato;
    private static TestBrowser browser;
    private static final Shots SHOTS = new Shots();
    private static Days days;
    private static String incident;

    @BeforeAll
    static void start() {
        minato = Minato.start();
        browser = TestBrowser.start();
        minato.beside();
        minato.alerts();
        days = new Days(minato, browser, SHOTS);
    }

    @AfterAll
    static void stop() {
        browser.close();
        minato.close();
    }

    @Test
    @Order(1)
    void anAnalystClearsAQueueByKeyboardAlone() {
        days.analyst();
    }

    @Test
    @Order(2)
    void aLeadTakesAnIncidentFromTheFirstAlertToTheFinalReport() {
        days.lead();
    }

    @Test
    @Order(3)
    void aStakeholderAnswersFromTheMailOnATelephone() {
        days.stakeholder();
    }

    @Test
    @Order(4)
    void theRestOfTheGuideIsThere() {
        days.places();
    }

    /** Whoever adds a picture takes it anew with {@code -Dhinomi.screenshots=docs/screenshots}. */
    @Test
    @Order(5)
    void everyPictureOfTheGuideIsThereAndNoOther() throws Exception {
        Path folder = Path.of("..", "docs", "screenshots");
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.size(file)).as("size of " + file).isLessThan(150 * 1024);
                there.add(file.getFileName().toString().replace(".png", ""));
            }
        }
        assertThat(there).isEqualTo(SHOTS.taken());
        for (String guide : List.of("console.md", "console.ja.md")) {
            String text = Files.readString(Path.of("..", "docs", guide));
            assertThat(SHOTS.taken()).allMatch(name -> text.contains("screenshots/" + name + ".png"));
        }
    }

    /** A page of the console as somebody may have it before them. */
    private record View(String name, String path, Consumer<Page> then) {
        View(String path) {
            this(path, path, page -> {});
        }
    }

    private static List<View> views() {
        var hinomi = minato.hinomi();
        long draft = minato.report(incident, "personal-data-leak");
        long report = minato.report(incident, "ransomware");
        minato.post("/api/v1/reports/" + report + "/submit", java.util.Map.of("revision", 1));
        long map = minato.draft().number();
        long drill = minato.drill();
        long proposal = minato.proposal();
        hinomi.post(
                "/api/v1/silences",
                "{\"match\": {\"resource\": [\"kanko-site\"]}, \"owner\": \"kanko-service\", \"reason\": \"サーバの移設\","
                        + " \"until\": \"" + minato.now().plus(Duration.ofHours(8)) + "\"}");
        String delivery = hinomi.query("select id from delivery where state = 'sent' order by id limit 1");
        Webhooks webhooks = hinomi.part(Webhooks.class);
        long webhook = webhooks.create(
                        new Subscription(
                                "チケット管理",
                                "https://tickets.example.jp/hinomi",
                                EnumSet.of(EventType.ALERT_JUDGED),
                                Severity.HIGH,
                                Set.of(),
                                Optional.empty(),
                                Tlp.AMBER),
                        "account:admin",
                        minato.now())
                .id();
        webhooks.suspend(
                webhook, new Bilingual("受信側に送れません：HTTP 410", "It cannot be sent to: HTTP 410"), "system", minato.now());
        List<View> views = new ArrayList<>();
        views.add(new View("/alerts?status=all"));
        views.add(new View("/alerts?status=all&group=resource"));
        views.add(new View("facets", "/alerts?status=all&rule=web_scan", page -> {
            if (page.locator("#fold").isVisible()) {
                page.click("#fold");
            }
            page.waitForSelector("#facets .facets-total");
        }));
        views.add(new View("keys", "/alerts", page -> page.keyboard().press("?")));
        views.add(new View("verdict", "/alerts", page -> {
            page.keyboard().press("j");
            page.keyboard().press("v");
            page.waitForSelector("#step .exact");
        }));
        views.add(new View("marked", "/alerts", page -> {
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.waitForSelector("#bulk:not([hidden])");
        }));
        views.add(new View("nothing", "/alerts?q=no-such-thing", page -> {}));
        for (String path : List.of(
                "/alerts/al-08",
                "/alerts/al-12",
                "/alerts/al-12/value?field=source.ip",
                "/alerts/al-12/exception?value=:source.ip",
                "/incidents",
                "/incidents/" + incident,
                "/incidents/" + incident + "/timeline",
                "/reports/" + draft,
                "/reports/" + report,
                "/reports/" + report + ".html",
                "/rules",
                "/rules/coverage",
                "/rules/proposals",
                "/rules/proposals/" + proposal,
                "/rules/drills",
                "/rules/drills/" + drill,
                "/map",
                "/map/graph",
                "/map/ask?q=10.20.1.5",
                "/map/versions",
                "/map/versions/" + map,
                "/map/draft?of=" + map,
                "/gaps",
                "/deliveries",
                "/deliveries/" + delivery,
                "/held",
                "/channels",
                "/webhooks",
                "/webhooks/" + webhook,
                "/operations",
                "/operations/sources",
                "/operations/rejects",
                "/operations/rejects/again?source=fw-edge-01",
                "/operations/job",
                "/operations/audit",
                "/poison",
                "/accounts",
                "/account",
                "/no-such-page")) {
            views.add(new View(path));
        }
        return views;
    }

    /** The innermost elements that reach past the right edge, three at most. */
    private static final String WIDER = "[...document.querySelectorAll('body *')]"
            + ".filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.children.length && !each.closest('.rail')).slice(0, 5)"
            + ".map((each) => each.parentElement.className + ' > ' + each.outerHTML.slice(0, 120)).join('; ')";

    private static final List<String> OWN = List.of("/own", "/own/alerts/al-10", "/own/contacts");

    /** Light and dark, Japanese and English, at a desk and on a telephone: every pair of these, not every combination. */
    @Test
    @Order(90)
    void everyPageCanBeUsedByEverybody() {
        minato.later(Duration.ofMinutes(16));
        minato.settle();
        minato.take("al-10", new Step.Begin(), "");
        minato.judge("al-03", Verdict.BENIGN, "委託先の診断");
        minato.judge("al-01", Verdict.FALSE_POSITIVE, "");
        incident = minato.incident();
        String link = days.link("noc@os-vendor.example.jp", "al-05");
        minato.settle();
        List<View> views = views();
        List<String> found = new ArrayList<>();
        for (String language : List.of("ja-JP", "en-US")) {
            boolean japanese = language.equals("ja-JP");
            Page page = page(language, ColorScheme.LIGHT);
            look(page, new View("/login"), japanese, found);
            look(page, new View(link.substring(link.indexOf("/a/"))), japanese, found);
            look(page, new View("/a/nonsense"), japanese, found);
            minato.admin(page);
            views.forEach(view -> look(page, view, japanese, found));
            page.context().close();
            Page own = page(language, ColorScheme.LIGHT);
            minato.login(own, "os-vendor-suzuki", AccountRole.STAKEHOLDER, "os-vendor");
            OWN.forEach(path -> look(own, new View(path), japanese, found));
            own.context().close();
        }
        assertThat(found).isEmpty();
    }

    private static Page page(String language, ColorScheme colors) {
        Page page = browser.newPage(language, colors, 1440, 900);
        Axe.into(page.context());
        return page;
    }

    /** Twice: light at a desk and dark on a telephone in Japanese, the other way round in English. */
    private static void look(Page page, View view, boolean japanese, List<String> found) {
        for (boolean desk : new boolean[] {true, false}) {
            ColorScheme colors = desk == japanese ? ColorScheme.LIGHT : ColorScheme.DARK;
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(colors).setReducedMotion(ReducedMotion.REDUCE));
            page.setViewportSize(desk ? 1440 : 390, 900);
            if (desk) {
                page.navigate(minato.hinomi().url(view.path()));
                view.then().accept(page);
                page.evaluate(
                        "[...document.querySelectorAll('details')].slice(0, 12).forEach((each) => { each.open = true; })");
            }
            String where = view.name() + " " + (japanese ? "ja" : "en") + (desk ? " desk " : " phone ") + colors + ": ";
            // What the other colours and width could change is how it looks; the rest is the same page. What the other
            // language
            // could change is the width of its words.
            if (japanese) {
                (desk ? Axe.violations(page) : Axe.ofLooks(page)).forEach(each -> found.add(where + each));
            }
            if (Boolean.TRUE.equals(page.evaluate("document.documentElement.scrollWidth > innerWidth"))) {
                found.add(where + "wider than the screen: " + page.evaluate(WIDER));
            }
        }
    }
}
