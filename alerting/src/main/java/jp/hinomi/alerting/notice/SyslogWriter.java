package jp.hinomi.alerting.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Severity;

/**
 * Writes for a stakeholder's own log system: CEF (version 0 of the format; header and extension escaped each in its own way) or
 * the JSON of webhooks on one line. At most 8,192 octets, which receivers take (RFC 5424, 6.1, asks for 2,048): of JSON that is
 * longer the evidence stays away, and it says so. Thread-safe.
 */
final class SyslogWriter implements MessageWriter {
    private static final int OCTETS = 7800;
    private static final int SECURITY = 13 * 8; // log audit

    private final WebhookWriter json = new WebhookWriter();
    private final String host;

    SyslogWriter(String cityId) {
        this.host = "hinomi." + cityId.replaceAll("[^A-Za-z0-9-]", "-");
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        boolean cef = channel instanceof Channel.Syslog syslog && syslog.format() == Channel.Syslog.Format.CEF;
        String text = cef ? cef(notice) : shortened(json.notice(letter, contactId, channel));
        return message(notice.severity(), notice.last(), "alert", text);
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        boolean cef = channel instanceof Channel.Syslog syslog && syslog.format() == Channel.Syslog.Format.CEF;
        String type = announcement.kind().name().toLowerCase(java.util.Locale.ROOT);
        String text = cef
                ? "CEF:0|Hinomi|Hinomi|1|" + type + "|" + header(announcement.title()) + "|"
                        + severity(announcement.severity()) + "|"
                        + extension(Map.of(
                                "cnt",
                                Integer.toString(announcement.count()),
                                "msg",
                                announcement.explain(),
                                "request",
                                announcement.link().toString()))
                : shortened(json.announcement(announcement, channel));
        return message(announcement.severity(), announcement.at(), type, text);
    }

    private String message(Severity severity, Instant at, String type, String text) {
        int level = switch (severity) {
            case CRITICAL -> 2;
            case HIGH -> 3;
            case MEDIUM -> 4;
            case LOW -> 5;
            case INFORMATIONAL -> 6;
        };
        return Columns.json(new SyslogMessage(
                SECURITY + level, at.truncatedTo(ChronoUnit.MILLIS).toString(), host, type, text.replace('\n', ' ')));
    }

    private static String cef(Notice notice) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("rt", Long.toString(notice.last().toEpochMilli()));
        more.put("start", Long.toString(notice.first().toEpochMilli()));
        more.put("externalId", notice.alertId());
        more.put("cnt", Long.toString(notice.evidenceCount()));
        more.put("cat", notice.cause().word());
        direct(notice, "source.ip", "src", more);
        direct(notice, "destination.ip", "dst", more);
        direct(notice, "user.name", "duser", more);
        direct(notice, "host.name", "dhost", more);
        more.put("cs1Label", "resources");
        more.put(
                "cs1",
                notice.resources().stream().map(Notice.TouchedResource::id).collect(Collectors.joining(",")));
        more.put("cs2Label", "tlp");
        more.put("cs2", notice.tlp().word());
        if (!notice.group().isEmpty()) {
            more.put("cs3Label", "group");
            more.put("cs3", Cut.to(Columns.json(notice.group()), 1000));
        }
        more.put("request", notice.console().toString());
        if (!notice.evidence().isEmpty()) {
            more.put("msg", VisibleText.plain(notice.evidence().get(0).text(), 1000));
        }
        return "CEF:0|Hinomi|Hinomi|1|" + header(notice.rule()) + "|" + header(VisibleText.plain(notice.title(), 200))
                + "|" + severity(notice.severity()) + "|" + extension(more);
    }

    private static void direct(Notice notice, String field, String key, Map<String, String> more) {
        String value = notice.group().get(field);
        if (value != null) {
            more.put(key, VisibleText.plain(value, 300));
        }
    }

    private static int severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 10;
            case HIGH -> 8;
            case MEDIUM -> 5;
            case LOW -> 3;
            case INFORMATIONAL -> 1;
        };
    }

    static String header(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' ').replace('\r', ' ');
    }

    static String extension(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + entry.getValue()
                                .replace("\\", "\\\\")
                                .replace("=", "\\=")
                                .replace("\r", "")
                                .replace("\n", "\\n"))
                .collect(Collectors.joining(" "));
    }

    private static String shortened(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length <= OCTETS) {
            return json;
        }
        JsonNode tree = Columns.tree(json);
        if (tree instanceof ObjectNode body && body.get("alert") instanceof ObjectNode alert) {
            alert.remove("evidence");
            alert.put("evidence_omitted", true);
            body.remove("first_steps");
        } else if (tree instanceof ObjectNode body) {
            body.remove("alerts");
            body.put("alerts_omitted", true);
        }
        return tree.toString();
    }
}
