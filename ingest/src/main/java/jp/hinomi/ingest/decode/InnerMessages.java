package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Signature.Likeness;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Messages of known programs inside the records of something that only carries them, such as the journal: decoded as if they
 * had come over syslog, so that a login is the same event whichever way it comes. Thread-safe.
 */
public final class InnerMessages {
    /** More programs are not remembered: forged names must not fill memory. */
    private static final int MAX_REMEMBERED = 4_096;

    private static final int MAX_NAME = 48;

    private final ZoneId zone;
    private final SyslogParser syslog;
    private final Map<String, Decoder> decoders = new ConcurrentHashMap<>();
    private final Map<String, Optional<Decoders.Format>> byProgram = new ConcurrentHashMap<>();

    /** @param zone for time stamps inside messages that name none */
    public InnerMessages(ZoneId zone) {
        this.zone = zone;
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    /**
     * @param priority facility × 8 + severity
     * @param host or null
     * @param pid or -1
     * @param outer the record that carries the message; the event gets its id and source
     * @return null if no format knows the program, or the format refuses the message
     */
    public SecurityEvent ofProgram(
            String program, int priority, long millis, String host, long pid, String message, LogRecord outer) {
        if (program == null || !isName(program)) {
            return null;
        }
        Decoders.Format format = byProgram(program);
        String head = head(program, priority, millis, host, pid);
        // What the kernel's messages are only they themselves tell.
        format = format == null && program.equals("kernel") ? certain(head + message) : format;
        return format == null ? null : in(format, head + message, outer);
    }

    /** A whole line in the format of that name. @return null if the format refuses it */
    public SecurityEvent inFormat(String format, String line, LogRecord outer) {
        return in(Decoders.format(format), line, outer);
    }

    private SecurityEvent in(Decoders.Format format, String line, LogRecord outer) {
        Decoder decoder =
                decoders.computeIfAbsent(format.name(), name -> format.decoder().apply(zone, UTF_8));
        Decoding decoding = decoder.decode(
                new LogRecord(line.getBytes(UTF_8), outer.sourceId(), null, outer.origin(), outer.appendMillis()));
        return decoding instanceof Decoding.Decoded decoded ? decoded.event() : null;
    }

    private Decoders.Format byProgram(String program) {
        Optional<Decoders.Format> known = byProgram.get(program);
        if (known == null) {
            known = Optional.ofNullable(certain(head(program, 13, 0, null, -1)));
            if (byProgram.size() < MAX_REMEMBERED) {
                byProgram.put(program, known);
            }
        }
        return known.orElse(null);
    }

    private Decoders.Format certain(String line) {
        Glance glance = new Glance(line, syslog.parse(line, 0));
        for (Decoders.Format format : Decoders.all()) {
            if (format.signature().of(glance) == Likeness.CERTAIN) {
                return format;
            }
        }
        return null;
    }

    private static String head(String program, int priority, long millis, String host, long pid) {
        return "<" + priority + '>' + Instant.ofEpochMilli(millis) + ' ' + (host == null || !isName(host) ? "-" : host)
                + ' ' + program + (pid < 0 ? "" : "[" + pid + ']') + ": ";
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ':' || c == '[' || c == ']') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME;
    }
}
