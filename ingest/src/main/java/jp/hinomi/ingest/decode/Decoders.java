package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;

/** The catalogue of formats. */
public final class Decoders {
    private Decoders() {}

    /** Names of all formats, sorted. */
    public static List<String> formats() {
        throw new IllegalStateException("written by the ingest module's first issue");
    }

    /**
     * @param zone for time stamps that name none
     * @param charset of the text
     * @throws IllegalArgumentException if there is no such format; the message suggests the nearest
     */
    public static Decoder of(String format, ZoneId zone, Charset charset) {
        throw new IllegalStateException("written by the ingest module's first issue");
    }
}
