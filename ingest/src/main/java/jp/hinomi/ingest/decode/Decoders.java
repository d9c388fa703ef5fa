package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.decode.auth.OpensshDecoder;
import jp.hinomi.ingest.decode.ecs.EcsJsonDecoder;
import jp.hinomi.ingest.decode.fortigate.FortigateDecoder;
import jp.hinomi.ingest.decode.suricata.SuricataDecoder;
import jp.hinomi.ingest.decode.web.AccessLogDecoder;

/** The catalogue of formats. */
public final class Decoders {
    private static final Map<String, BiFunction<ZoneId, Charset, Decoder>> FORMATS = new TreeMap<>(Map.of(
            "openssh", OpensshDecoder::new,
            "nginx", (zone, charset) -> new AccessLogDecoder(AccessLogDecoder.Server.NGINX, zone, charset),
            "apache", (zone, charset) -> new AccessLogDecoder(AccessLogDecoder.Server.APACHE, zone, charset),
            "suricata-eve", SuricataDecoder::new,
            "fortigate", FortigateDecoder::new,
            "ecs-json", EcsJsonDecoder::new));

    private Decoders() {}

    /** Names of all formats, sorted. */
    public static List<String> formats() {
        return List.copyOf(FORMATS.keySet());
    }

    /**
     * @param zone for time stamps that name none
     * @param charset of the text
     * @throws IllegalArgumentException if there is no such format (the message suggests the nearest), or no decoder can
     *     read that charset
     */
    public static Decoder of(String format, ZoneId zone, Charset charset) {
        BiFunction<ZoneId, Charset, Decoder> decoder = FORMATS.get(format);
        if (decoder == null) {
            throw new IllegalArgumentException(
                    "there is no format '" + format + "': " + Suggestion.remedy(format, formats()));
        }
        return decoder.apply(zone, charset);
    }
}
