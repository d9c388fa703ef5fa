package jp.hinomi.alerting.notice;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.hinomi.alerting.text.HtmlText;
import jp.hinomi.alerting.text.Texts;

/**
 * A notice as HTML for mail programs. Its template is Mustache like those of a city, because alerts come by the thousand; what is the
 * same in every mail of a language is put into it once. Thread-safe.
 */
final class MailHtml {
    private static final String TEMPLATE = "/jp/hinomi/alerting/templates/mail/notice.mustache";

    /** {@code [[mail.since]]}: a text that needs nothing of the notice. */
    private static final Pattern FIXED = Pattern.compile("\\[\\[([a-z.-]+)]]");

    private final Map<String, Template> byLanguage;
    private final MailText text;

    MailHtml(Texts texts, MailText text) {
        String source = source();
        this.byLanguage = Map.of("ja", compiled(source, "ja", texts), "en", compiled(source, "en", texts));
        this.text = text;
    }

    private static String source() {
        try (InputStream in = MailHtml.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TEMPLATE + " of this program", e);
        }
    }

    private static Template compiled(String source, String language, Texts texts) {
        String fixed = FIXED.matcher(source)
                .replaceAll(found ->
                        java.util.regex.Matcher.quoteReplacement(HtmlText.escape(texts.get(language, found.group(1)))));
        return Mustache.compiler()
                .withEscaper(HtmlText::escape)
                .withCollector(new OnlyMaps())
                .strictSections(true)
                .emptyStringIsFalse(true)
                .compile(fixed);
    }

    String of(Notice notice, MailFacts facts) {
        MailPalette palette = MailPalette.of(notice.severity());
        Map<String, Object> values = new HashMap<>(64);
        values.put("language", notice.language());
        values.put("headline", facts.headline());
        values.put("title", notice.title());
        values.put("city", notice.city());
        values.put("ink", palette.ink());
        values.put("tint", palette.tint());
        values.put("to", facts.to());
        values.put("severity", facts.severity());
        values.put(
                "resources",
                notice.resources().stream()
                        .map(resource -> Map.of("name", resource.name(), "parts", text.parts(notice, resource)))
                        .toList());
        values.put("since", facts.since());
        values.put("last", facts.last());
        values.put("times", facts.times());
        values.put(
                "group",
                facts.group().stream()
                        .map(value -> Map.of("field", value.getKey(), "value", value.getValue()))
                        .toList());
        values.put("silent", facts.silent());
        values.put("firstSteps", facts.firstSteps());
        values.put("acknowledge", notice.acknowledge().toString());
        values.put("until", facts.until());
        values.put("withheld", facts.withheld());
        values.put("evidence", facts.evidence());
        values.put("more", facts.more());
        values.put("known", !facts.indicators().isEmpty());
        values.put("indicators", facts.indicators());
        values.put("others", facts.others());
        values.put("reasons", List.copyOf(notice.reasons()));
        values.put("footer", facts.footer());
        values.put("tlp", notice.tlp().word());
        values.put("rule", notice.rule());
        values.put("console", notice.console().toString());
        values.put("alertId", notice.alertId());
        return byLanguage.get("ja".equals(notice.language()) ? "ja" : "en").execute(values);
    }
}
