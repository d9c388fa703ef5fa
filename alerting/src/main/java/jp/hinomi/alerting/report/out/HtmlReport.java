package jp.hinomi.alerting.report.out;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import jp.hinomi.alerting.text.Texts;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * A report as one HTML file that needs nothing else: light and dark on the screen, A4 in print. It runs nothing and loads nothing,
 * and says so to the browser. Thread-safe.
 */
public final class HtmlReport {
    private final ITemplateEngine templates;
    private final String style;

    public HtmlReport(ITemplateEngine templates) {
        this.templates = templates;
        try (InputStream stream = HtmlReport.class.getResourceAsStream("/jp/hinomi/alerting/static/report.css")) {
            this.style = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] write(ReportView view) {
        Context context = new Context(Texts.locale(view.language()));
        context.setVariables(Map.of("view", view, "document", view.document(), "style", style, "policy", policy()));
        return templates.process("report", context).getBytes(StandardCharsets.UTF_8);
    }

    /** Allows our style, by its hash, and nothing else. */
    public String policy() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash) + "'; base-uri 'none'; form-action 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
