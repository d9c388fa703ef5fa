package jp.hinomi.ingest.decode;

/**
 * Turns the bytes of one format into an event. Stateless and thread-safe. Never throws for what is in the record: bytes
 * it cannot use are {@link Decoding.Rejected}.
 */
public interface Decoder {
    /** Name of the format, as {@code sources.yaml} spells it. */
    String format();

    Decoding decode(LogRecord record);
}
