package jp.hinomi.alerting.console.chromium;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.hinomi.alerting.RunningInCommon;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The console of a running application, and Chromium, as the tests of what people do there have them in common. Each test works
 * on alerts and rules of its own.
 */
abstract class ConsoleInChromium {
    @RegisterExtension
    static final RunningInCommon IN_COMMON = new RunningInCommon(ConsoleInChromium::start);

    static TestAlerting hinomi;
    private static TestBrowser browser;
    private static List<Cookie> session = List.of();
    private static final List<Page> PAGES = new ArrayList<>();

    private static AutoCloseable start() {
        // Before there is somebody who reads them: topics that come later are found only after a while.
        for (String topic : List.of(Topics.RULES, Topics.SOURCE_HEALTH, Topics.REJECTS)) {
            TestAlerting.createTopic(topic);
        }
        hinomi = TestAlerting.start(new SampleCity()
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("vendor-noc", mail("noc@vendor.example.jp")))
                .stakeholder(
                        "works", Role.IOT_VENDOR, "en", Tlp.AMBER, contact("works-desk", mail("desk@works.example")))
                .resource("api")
                .resource("sensors")
                .resource("pumps")
                .responsible("api", "vendor")
                .responsible("pumps", "works")
                .build());
        browser = TestBrowser.start();
        session = List.of();
        return () -> {
            browser.close();
            hinomi.close();
        };
    }

    static Page newPage() {
        return kept(browser.newPage());
    }

    static Page newPage(String locale, ColorScheme colors, int width, int height) {
        return kept(browser.newPage(locale, colors, width, height));
    }

    private static Page kept(Page page) {
        PAGES.add(page);
        return page;
    }

    /** A list that is left open goes on asking for what is new. */
    @AfterEach
    void closeThePages() {
        PAGES.forEach(page -> page.context().close());
        PAGES.clear();
    }

    /** By the form the first time; later with the session that this gave. */
    static Page login(Page page) {
        if (!session.isEmpty()) {
            page.context().addCookies(session);
            page.navigate(hinomi.url("/alerts"));
            return page;
        }
        page.navigate(hinomi.url("/"));
        page.fill("#username", "admin");
        page.fill("#password", hinomi.password());
        page.click("button[type=submit]");
        page.waitForURL("**/alerts");
        session = page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("hinomi-session"))
                .map(cookie -> new Cookie(cookie.name, cookie.value).setUrl(hinomi.url("/")))
                .toList();
        return page;
    }

    /** Everything the browser complains about: broken scripts, refused styles, missing files. */
    static List<String> complaints(Page page) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }

    /** {@code -Dhinomi.images=DIR} keeps the page as it is, at a desk and dark on a telephone. */
    static void image(Page page, String name) {
        String folder = System.getProperty("hinomi.images");
        if (folder != null) {
            for (boolean desk : new boolean[] {false, true}) {
                page.setViewportSize(desk ? 1280 : 390, 900);
                page.emulateMedia(
                        new Page.EmulateMediaOptions().setColorScheme(desk ? ColorScheme.LIGHT : ColorScheme.DARK));
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of(folder, name + (desk ? "" : "-telephone") + ".png")));
            }
        }
    }
}
