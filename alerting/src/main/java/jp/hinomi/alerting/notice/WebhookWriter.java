package jp.hinomi.alerting.notice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;

/** Writes a notice as the JSON body of a webhook. Stateless and thread-safe. */
public final class WebhookWriter {
    private WebhookWriter() {}

    /** @param alertJson goes into the body whole if the recipient may see it; else only what the notice says */
    public static String write(Notice notice, String alertJson) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "alert.notice");
        body.put("cause", notice.cause().word());
        body.put("city", notice.city());
        body.put("alert", notice.isFull() ? Columns.tree(alertJson) : noticeOnly(notice));
        body.put("disclosure", notice.disclosure().word());
        body.put("resources", notice.resources());
        body.put("first_steps", notice.firstSteps());
        body.put("also_told", notice.others());
        body.put("reasons", notice.reasons());
        body.put(
                "acknowledge",
                Map.of(
                        "url", notice.acknowledge().toString(),
                        "expires", notice.acknowledgeUntil().toString()));
        body.put("console", notice.console().toString());
        return Columns.json(body);
    }

    /** @param count of notices that were held back */
    public static String digest(String city, String rule, int count, List<Map<String, Object>> alerts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "alert.digest");
        body.put("city", city);
        body.put("rule", rule);
        body.put("count", count);
        body.put("alerts", alerts);
        return Columns.json(body);
    }

    private static Map<String, Object> noticeOnly(Notice notice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", notice.alertId());
        json.put("title", notice.title());
        json.put("severity", notice.severity().word());
        json.put("tlp", notice.tlp().word());
        json.put("first", notice.first().toString());
        json.put("last", notice.last().toString());
        json.put("count", notice.evidenceCount());
        return json;
    }
}
