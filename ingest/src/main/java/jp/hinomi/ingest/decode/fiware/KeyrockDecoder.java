package jp.hinomi.ingest.decode.fiware;

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
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * The output of FIWARE's identity manager Keyrock: lines of the library debug ({@code time idm:module  --> function}) and of
 * morgan's format dev ({@code POST /oauth2/token 200 12.3 ms - 345}), with or without colours. A line without a time has
 * that of its arrival.
 */
public final class KeyrockDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> likeness(glance) ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;

    private static final Field LOGGER = Fields.of("log.logger");
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field FUNCTION = Fields.of("log.origin.function");
    private static final Field ERROR = Fields.of("error.message");
    private static final char ESCAPE = '\u001b';
    private static final int MAX_NAMESPACE = 64;

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public KeyrockDecoder(ZoneId zone, Charset charset) {
        super("keyrock", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    /** At the beginning, or behind a time and the colours of a terminal. */
    private static boolean likeness(Glance glance) {
        int at = glance.record().indexOf("idm:");
        return at >= 0 && at <= MAX_NAMESPACE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        EventDraft event = draft(text, record, record.appendMillis()).module("keyrock", "keyrock.log");
        event.text(Fields.SERVICE_NAME, "keyrock");
        String line = plain(text).strip();
        TimeScan time = new TimeScan(zone);
        if (!time.iso(line, 0)) {
            SyslogHeader header = syslog.parse(line, record.appendMillis());
            if (header.present()) {
                header.describe(event);
                event.time(header.hasTime() ? header.millis() : record.appendMillis());
                line = line.substring(header.messageStart()).strip();
            }
        }
        if (time.iso(line, 0)) {
            event.time(time.millis);
            line = line.substring(time.end).strip();
        }
        if (line.isEmpty()) {
            return reject(text, 0, "nothing but a time: make the forwarder skip empty lines");
        }
        if (!request(line, event)) {
            debug(line, event);
        }
        return event.finish();
    }

    /** Without the sequences that colour a terminal. */
    private static String plain(String text) {
        int escape = text.indexOf(ESCAPE);
        if (escape < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (escape >= 0) {
            out.append(text, at, escape);
            at = escape + 1;
            if (at < text.length() && text.charAt(at) == '[') {
                at++;
                while (at < text.length() && !Character.isLetter(text.charAt(at))) {
                    at++;
                }
                at = Math.min(at + 1, text.length());
            }
            escape = text.indexOf(ESCAPE, at);
        }
        return out.append(text, at, text.length()).toString();
    }

    /** {@code method url status time ms - bytes} */
    private static boolean request(String line, EventDraft event) {
        int method = line.indexOf(' ');
        int dash = line.lastIndexOf(" ms - ");
        if (method <= 0 || method > 10 || dash < 0 || line.charAt(method + 1) != '/') {
            return false;
        }
        int millis = line.lastIndexOf(' ', dash - 1);
        int status = millis < 0 ? -1 : line.lastIndexOf(' ', millis - 1);
        if (status <= method || millis - status != 4) {
            return false;
        }
        String verb = line.substring(0, method);
        String url = line.substring(method + 1, status);
        event.text(Fields.HTTP_REQUEST_METHOD, verb).text(Fields.NETWORK_PROTOCOL, "http");
        WebFields.target(url, verb, event);
        WebFields.status(Numbers.parse(line, status + 1, millis), event);
        int bytes = dash + " ms - ".length();
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, Numbers.parse(line, bytes, Numbers.endOfDigits(line, bytes)));
        event.number(Fields.EVENT_DURATION, nanos(line, millis + 1, dash));
        boolean login = url.startsWith("/oauth2/token")
                || url.startsWith("/v1/auth/tokens")
                || url.startsWith("/auth/login") && verb.equals("POST");
        if (login) {
            event.action("token-request");
        }
        event.classify(
                login ? java.util.List.of("web", "authentication") : "web",
                login ? java.util.List.of("access", "start") : "access");
        return true;
    }

    /** {@code 12.345} milliseconds. */
    private static long nanos(String line, int from, int to) {
        int dot = line.indexOf('.', from);
        int whole = dot < 0 || dot > to ? to : dot;
        long millis = Numbers.parse(line, from, Math.min(whole, from + 9));
        if (millis < 0) {
            return -1;
        }
        long nanos = millis * 1_000_000;
        long unit = 100_000;
        for (int i = whole + 1; i < to && unit > 0; i++, unit /= 10) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return nanos;
            }
            nanos += digit * unit;
        }
        return nanos;
    }

    /** {@code idm:api-authenticate  --> create_token}, {@code idm:oauth2_controller Error  invalid_grant} */
    private static void debug(String line, EventDraft event) {
        String message = line;
        int space = line.indexOf(' ');
        if (space > 0 && space <= MAX_NAMESPACE && (line.startsWith("idm:") || line.startsWith("saml2"))) {
            event.text(LOGGER, line.substring(0, space));
            message = line.substring(space).strip();
        }
        event.text(Fields.MESSAGE, message);
        if (message.startsWith("--> ")) {
            int end = message.indexOf(' ', 4);
            String function = message.substring(4, end < 0 ? message.length() : end);
            event.text(FUNCTION, function).action(function);
            switch (function) {
                case "create_token", "token", "authenticate_user", "authenticate_token", "authenticate_bearer" ->
                    event.classify("authentication", "start");
                case "delete_token", "delete_session" -> event.classify("authentication", "end");
                default -> {}
            }
        } else if (message.startsWith("Error")) {
            event.text(LOG_LEVEL, "error").text(ERROR, message).outcome(false);
        }
    }
}
