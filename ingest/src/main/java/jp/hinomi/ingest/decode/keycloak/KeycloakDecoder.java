package jp.hinomi.ingest.decode.keycloak;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Keycloak's server log with the user and admin events of its logging listener, as text ({@code time level [logger]
 * (thread) message}, WildFly and Quarkus) or as JSON; and events as JSON from its REST interface and from webhooks.
 */
public final class KeycloakDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.members("realmId", "type", "time")
            .or(Signature.members("realmId", "operationType", "time"))
            .or(Signature.members("loggerName", "message", "loggerClassName"))
            .or(KeycloakDecoder::likeness);

    static final Field LOG_LEVEL = Fields.of("log.level");
    static final Field LOGGER = Fields.of("log.logger");
    static final Field THREAD = Fields.of("process.thread.name");

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final KeycloakJson json;

    public KeycloakDecoder(ZoneId zone, Charset charset) {
        super("keycloak", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new KeycloakJson(zone, charset);
    }

    private static Signature.Likeness likeness(Glance glance) {
        String text = glance.isJson() ? glance.member("log.logger") : glance.record();
        boolean keycloak =
                text != null && (glance.isJson() ? text.startsWith("org.keycloak") : text.contains(" [org.keycloak."));
        return keycloak ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        SyslogHeader header = null;
        TimeScan time = new TimeScan(zone);
        int start = 0;
        if (text.charAt(0) == '<' || !time.iso(text, 0)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (start < text.length() && text.charAt(start) == '{') {
                return json.decode(text, record);
            }
        }
        EventDraft event = draft(text, record, header != null && header.hasTime() ? header.millis() : 0);
        event.module("keycloak", "keycloak.log");
        int message = start;
        boolean timed = time.iso(text, start);
        if (timed) {
            event.time(time.millis);
            message = line(text, time.end, event);
        }
        if (message < 0 || !timed && (header == null || !header.hasTime())) {
            return reject(
                    text,
                    start,
                    "not a line of Keycloak's log (time LEVEL [logger] (thread) message); it begins with "
                            + excerpt(text, start)
                            + ": set log-console-format to the default, or log-console-output=json");
        }
        if (header != null) {
            header.describe(event);
        }
        KeycloakMessages.describe(text.substring(message), event);
        return event.finish();
    }

    /** {@code  WARN  [org.keycloak.events] (executor-thread-1) message}: @return where the message begins, or -1 */
    private static int line(String text, int from, EventDraft event) {
        int level = spaces(text, from);
        int levelEnd = level;
        while (levelEnd < text.length() && text.charAt(levelEnd) >= 'A' && text.charAt(levelEnd) <= 'Z') {
            levelEnd++;
        }
        int logger = spaces(text, levelEnd);
        if (levelEnd == level || levelEnd - level > 10 || logger >= text.length() || text.charAt(logger) != '[') {
            return -1;
        }
        int loggerEnd = text.indexOf(']', logger);
        if (loggerEnd < 0) {
            return -1;
        }
        event.text(LOG_LEVEL, text.substring(level, levelEnd)).text(LOGGER, text.substring(logger + 1, loggerEnd));
        int thread = spaces(text, loggerEnd + 1);
        if (thread >= text.length() || text.charAt(thread) != '(') {
            return thread;
        }
        int threadEnd = text.indexOf(") ", thread);
        if (threadEnd < 0) {
            return thread;
        }
        event.text(THREAD, text.substring(thread + 1, threadEnd));
        return threadEnd + 2;
    }

    private static int spaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
