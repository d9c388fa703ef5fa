package jp.hinomi.alerting.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deque's axe on a page: what a program can see of WCAG 2.2, levels A and AA. */
final class Axe {
    /** The size of targets, new in 2.2, is off unless asked for. */
    private static final String RUN = """
            (only) => axe.run(document, {
              runOnly: only.length > 0 ? only
                : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
              rules: { 'target-size': { enabled: true } },
              resultTypes: ['violations'],
            }).then((all) => all.violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) =>
              rule.id + ' (' + rule.nodes.length + '): ' + node.target.join(' ') + ' | '
                + node.html.slice(0, 160) + ' | ' + (node.any.concat(node.all, node.none)[0] || {}).message)))""";

    private Axe() {}

    /** Pages of the context carry axe from their beginning, as the policy of the console lets no script in later. */
    static void into(BrowserContext context) {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            context.addInitScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line for each, with how many of the kind there are; three of a kind at most. */
    static List<String> violations(Page page) {
        return run(page, List.of());
    }

    /** Of the same page in other colours or of another width: nothing else can be different then. */
    static List<String> ofLooks(Page page) {
        return run(page, List.of("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> run(Page page, List<String> rules) {
        return (List<String>) page.evaluate(RUN, rules);
    }
}
