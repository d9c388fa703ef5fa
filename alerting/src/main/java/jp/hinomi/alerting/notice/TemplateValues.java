package jp.hinomi.alerting.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;

/** What templates of a city may say in a message: texts in its language and lists of such, in which nothing hides. Thread-safe. */
final class TemplateValues {
    private static final int LIMIT = 500;

    private final Texts texts;
    private final MailText text;

    TemplateValues(Texts texts) {
        this.texts = texts;
        this.text = new MailText(texts);
    }

    Map<String, Object> of(Notice notice) {
        String language = notice.language();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subject", text.subject(notice));
        values.put("headline", text.headline(notice));
        values.put("title", VisibleText.plain(notice.title(), LIMIT));
        values.put("severity", texts.severity(language, notice.severity()));
        values.put("tlp", notice.tlp().word());
        values.put("city", notice.city());
        values.put("stakeholder", notice.stakeholder());
        values.put(
                "resources",
                list(
                        notice.resources(),
                        resource -> Map.of(
                                "id", resource.id(),
                                "name", VisibleText.plain(resource.name(), LIMIT),
                                "parts", text.parts(notice, resource))));
        values.put("first", time(notice, notice.first()));
        values.put("last", time(notice, notice.last()));
        values.put("count", Long.toString(notice.evidenceCount()));
        values.put(
                "group",
                list(
                        List.copyOf(new java.util.TreeMap<>(notice.group()).entrySet()),
                        value -> Map.of(
                                "field", VisibleText.plain(value.getKey(), LIMIT),
                                "value", VisibleText.plain(value.getValue(), LIMIT))));
        values.put("first_steps", VisibleText.lines(text.firstSteps(notice), 4 * LIMIT));
        values.put("evidence", list(notice.evidence(), line -> plain(line.text())));
        values.put("indicators", list(notice.indicators(), TemplateValues::plain));
        values.put("silent", text.silent(notice));
        values.put(
                "withheld",
                notice.isFull()
                        ? ""
                        : texts.get(language, "mail.withheld", notice.tlp().word()));
        values.put("others", list(notice.others(), TemplateValues::plain));
        values.put("reasons", list(notice.reasons(), TemplateValues::plain));
        values.put("rule", VisibleText.plain(notice.rule(), LIMIT));
        values.put("alert_id", notice.alertId());
        values.put("acknowledge", notice.acknowledge().toString());
        values.put("acknowledge_until", time(notice, notice.acknowledgeUntil()));
        values.put("console", notice.console().toString());
        return values;
    }

    Map<String, Object> of(Announcement announcement) {
        String language = announcement.language();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subject", VisibleText.plain(announcement.subject(), LIMIT));
        values.put("title", VisibleText.plain(announcement.title(), LIMIT));
        values.put("explain", VisibleText.lines(announcement.explain(), 4 * LIMIT));
        values.put("city", announcement.city());
        values.put("count", Integer.toString(announcement.count()));
        values.put("more", announcement.more() == 0 ? "" : Integer.toString(announcement.more()));
        values.put("note", announcement.note());
        values.put("link", announcement.link().toString());
        values.put(
                "alerts",
                list(
                        announcement.items(),
                        item -> Map.of(
                                "time", item.time(),
                                "severity", texts.severity(language, item.severity()),
                                "title", VisibleText.plain(item.title(), LIMIT),
                                "console", item.console().toString(),
                                "acknowledge", item.acknowledge().toString())));
        return values;
    }

    private static Map<String, String> plain(String text) {
        return Map.of("text", VisibleText.plain(text, LIMIT));
    }

    private static <T> List<Map<String, String>> list(
            List<T> values, java.util.function.Function<T, Map<String, String>> entry) {
        List<Map<String, String>> list = new ArrayList<>();
        values.forEach(value -> list.add(entry.apply(value)));
        return list;
    }

    private static String time(Notice notice, Instant at) {
        return Texts.time(notice.language(), notice.zone(), at);
    }
}
