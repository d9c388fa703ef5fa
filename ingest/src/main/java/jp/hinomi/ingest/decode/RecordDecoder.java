package jp.hinomi.ingest.decode;

import jp.hinomi.city.City;

/**
 * Decodes records of all of a city's sources: finds the source, its format, zone and charset, decodes, and adds {@code
 * city.source}. A record of a source that the city does not know and that names no format is rejected. Not thread-safe:
 * one per operator.
 */
public final class RecordDecoder {
    public RecordDecoder(City city) {}

    public Decoding decode(LogRecord record) {
        throw new IllegalStateException("written by the ingest module's first issue");
    }
}
