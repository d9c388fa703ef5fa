package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Signature.Likeness;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The format {@code auto}: recognises each record by the {@linkplain Signature signatures} of all formats and hands it to
 * the most certain one; what none knows is decoded as generic JSON, syslog or plain text. The event says what was chosen in
 * {@code city.format}.
 *
 * <p>What a record becomes depends on the record alone, or a replay would give other events than the first run. So the
 * memory of what a source sent last is a short cut only: that format is asked first, and taken only if it is certain.
 */
final class AutoDecoder extends TextDecoder {
    static final String FORMAT = "auto";

    /** More sources are not remembered: forged names must not fill memory. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final String NOBODY = "";

    private final ZoneId zone;
    private final Charset charset;
    private final SyslogParser syslog;
    private final Map<String, Decoder> decoders = new ConcurrentHashMap<>();
    private final Map<String, Decoders.Format> lastOfSource = new ConcurrentHashMap<>();

    AutoDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = zone;
        this.charset = charset;
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        Glance glance = new Glance(text, syslog.parse(text, record.appendMillis()));
        String source = record.sourceId() == null ? NOBODY : record.sourceId();
        Decoders.Format last = lastOfSource.get(source);
        if (last != null && last.signature().of(glance) == Likeness.CERTAIN) {
            return in(last, record);
        }
        List<Decoders.Format> candidates = candidates(glance);
        for (Decoders.Format candidate : candidates) {
            Decoding decoding = in(candidate, record);
            boolean certain = candidate.signature().of(glance) == Likeness.CERTAIN;
            if (certain && (last != null || lastOfSource.size() < MAX_REMEMBERED)) {
                lastOfSource.put(source, candidate);
            }
            // Whose it certainly is, he knows best what is wrong with it.
            if (certain || decoding instanceof Decoding.Decoded) {
                return decoding;
            }
        }
        return in(Decoders.format(generic(glance)), record);
    }

    /** The most certain first, in the order of names where they are equally so. */
    private static List<Decoders.Format> candidates(Glance glance) {
        List<Decoders.Format> likely = new ArrayList<>(2);
        List<Decoders.Format> possible = new ArrayList<>(2);
        for (Decoders.Format format : Decoders.all()) {
            switch (format.signature().of(glance)) {
                case CERTAIN -> {
                    return List.of(format);
                }
                case LIKELY -> likely.add(format);
                case POSSIBLE -> possible.add(format);
                case NONE -> {
                    // not a record of that format
                }
            }
        }
        likely.addAll(possible);
        return likely;
    }

    private static String generic(Glance glance) {
        return glance.isJson() ? "json" : glance.header().present() ? "syslog" : "text";
    }

    private Decoding in(Decoders.Format format, LogRecord record) {
        Decoder decoder =
                decoders.computeIfAbsent(format.name(), name -> format.decoder().apply(zone, charset));
        Decoding decoding = decoder.decode(record);
        if (decoding instanceof Decoding.Decoded decoded) {
            List<SecurityEvent> further = new ArrayList<>(0);
            decoded.further().forEach(event -> further.add(chosen(event, format)));
            return new Decoding.Decoded(chosen(decoded.event(), format), further);
        }
        return decoding;
    }

    private static SecurityEvent chosen(SecurityEvent event, Decoders.Format format) {
        return event.toBuilder().put(Decoders.CHOSEN, format.name()).build();
    }
}
