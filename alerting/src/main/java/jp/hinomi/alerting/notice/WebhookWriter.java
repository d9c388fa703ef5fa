package jp.hinomi.alerting.notice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;

/** Writes the JSON that webhooks and a stakeholder's own Kafka get. Stateless and thread-safe. */
public final class WebhookWriter implements MessageWriter {
    /** The alert goes into the body whole if the recipient may see it; else only what the notice says. */
    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "alert.notice");
        body.put("cause", notice.cause().word());
        body.put("city", notice.city());
        body.put("alert", notice.isFull() ? Columns.tree(letter.alertJson()) : noticeOnly(notice));
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

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (announcement.kind() == Announcement.Kind.TEST) {
            body.put("type", "channel.test");
            body.put("city", announcement.city());
            body.put("text", announcement.explain());
            body.put("time", announcement.at().toString());
            return Columns.json(body);
        }
        if (announcement.kind() == Announcement.Kind.ALARM || announcement.kind() == Announcement.Kind.REMINDER) {
            body.put("type", announcement.kind() == Announcement.Kind.ALARM ? "alarm" : "report.reminder");
            body.put("kind", announcement.key());
            body.put("city", announcement.city());
            body.put("text", announcement.explain());
            body.put("time", announcement.at().toString());
            body.put("console", announcement.link().toString());
            return Columns.json(body);
        }
        List<Map<String, Object>> alerts = announcement.items().stream()
                .map(item -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", item.alertId());
                    json.put("title", item.title());
                    json.put("severity", item.severity().word());
                    json.put("time", item.at().toString());
                    json.put("console", item.console().toString());
                    json.put("acknowledge", item.acknowledge().toString());
                    return json;
                })
                .toList();
        boolean duty = announcement.kind() == Announcement.Kind.HAND_OVER;
        body.put("type", duty ? "duty.hand-over" : "alert.digest");
        body.put("city", announcement.city());
        if (duty) {
            body.put("schedule", announcement.key());
        } else {
            String[] held = announcement.key().split(":", 2);
            body.put("held_by", held[0]);
            if (held.length == 2) {
                body.put("rule", held[1]);
            }
        }
        body.put("reason", announcement.explain());
        body.put("count", announcement.count());
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
