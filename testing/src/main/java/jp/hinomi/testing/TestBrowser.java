package jp.hinomi.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chromium, as the system has it, driven by Playwright. Every page has a context of its own: no cookies of others. Not
 * thread-safe: used by the thread that started it.
 */
public final class TestBrowser implements AutoCloseable {
    private static final double TIMEOUT_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @throws IllegalStateException if Chromium is not installed; the message says how to */
    public static TestBrowser start() {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Chromium is not installed: run .ci/run, or 'apt-get install chromium fonts-noto-cjk'"));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setTimeout(60_000)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        // Five seconds unless said: a busy machine is not to fail a test.
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
        return new TestBrowser(playwright, browser);
    }

    /** A page in English, light, 1280 × 900. */
    public Page newPage() {
        return newPage("en-US", ColorScheme.LIGHT, 1280, 900);
    }

    /**
     * @param locale what the browser asks for, such as {@code ja-JP}
     * @param width in CSS pixels
     */
    public Page newPage(String locale, ColorScheme colors, int width, int height) {
        return newPage(options(locale, colors, width, height));
    }

    /** A page of a telephone that is touched: 360 × 740. */
    public Page newPhone(String locale, ColorScheme colors) {
        return newPage(options(locale, colors, 360, 740).setHasTouch(true).setIsMobile(true));
    }

    private static Browser.NewContextOptions options(String locale, ColorScheme colors, int width, int height) {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setTimezoneId("Asia/Tokyo")
                .setColorScheme(colors)
                .setViewportSize(width, height);
    }

    private Page newPage(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        return context.newPage();
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        }
    }
}
