package jp.hinomi.alerting.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How our values look in PostgreSQL. Stateless and thread-safe. */
public final class Columns {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Columns() {}

    /** For {@code timestamptz}, which keeps microseconds. */
    public static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    public static OffsetDateTime time(long epochMillis) {
        return time(Instant.ofEpochMilli(epochMillis));
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** For {@code text}, which cannot hold U+0000: its picture U+2400 stands for it. */
    public static String text(String value) {
        return value.indexOf('\0') < 0 ? value : value.replace('\0', '\u2400');
    }

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** @throws IllegalStateException if the database holds what we never wrote */
    public static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds broken JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalStateException if the database holds what we never wrote */
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds unexpected JSON: " + e.getOriginalMessage(), e);
        }
    }
}
