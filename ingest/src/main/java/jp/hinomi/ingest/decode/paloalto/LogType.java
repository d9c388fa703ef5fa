package jp.hinomi.ingest.decode.paloalto;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;

/** What one type of log has in its columns and where that goes. Immutable. */
enum LogType {
    TRAFFIC(Columns.TRAFFIC),
    THREAT(Columns.THREAT),
    DECRYPTION(Columns.DECRYPTION),
    TUNNEL(Columns.TUNNEL),
    SCTP(Columns.SCTP),
    SYSTEM(Columns.SYSTEM),
    CONFIG(Columns.CONFIG),
    CONFIG_DETAILED(Columns.CONFIG_DETAILED),
    USERID(Columns.USERID),
    IPTAG(Columns.IPTAG),
    HIPMATCH(Columns.HIPMATCH),
    GLOBALPROTECT(Columns.GLOBALPROTECT),
    AUTHENTICATION(Columns.AUTHENTICATION),
    CORRELATION(Columns.CORRELATION),
    AUDIT(Columns.AUDIT),
    /** A type that PAN-OS has and these tables have not: only what all types share is read. */
    OTHER("");

    /** Future use, receive time, serial number, type, subtype, future use, time generated. */
    static final int SHARED = 7;

    private final Place[] places;
    private final Map<String, Integer> indexes = new HashMap<>();

    LogType(String columns) {
        String[] names = columns.isEmpty() ? new String[0] : columns.trim().split(" +");
        this.places = new Place[names.length];
        for (int i = 0; i < names.length; i++) {
            places[i] = Places.of(names[i]);
            if (!names[i].equals("-") && indexes.put(names[i], SHARED + i) != null) {
                throw new IllegalArgumentException("two columns are called " + names[i]);
            }
        }
    }

    static LogType of(CsvRow row) {
        return switch (row.get(3)) {
            case "TRAFFIC" -> TRAFFIC;
            case "THREAT" -> THREAT;
            case "DECRYPTION" -> DECRYPTION;
            case "TUNNEL", "START", "END" -> TUNNEL;
            case "SCTP" -> SCTP;
            case "SYSTEM" -> SYSTEM;
            case "CONFIG" -> row.get(SHARED + 8).startsWith("0x") ? CONFIG : CONFIG_DETAILED;
            case "USERID", "USER-ID" -> USERID;
            case "IPTAG", "IP-TAG" -> IPTAG;
            case "HIPMATCH", "HIP-MATCH" -> HIPMATCH;
            case "GLOBALPROTECT" -> GLOBALPROTECT;
            case "AUTHENTICATION", "AUTH" -> AUTHENTICATION;
            case "CORRELATION" -> CORRELATION;
            case "AUDIT" -> AUDIT;
            default -> OTHER;
        };
    }

    /** Puts all columns to their places. */
    void put(CsvRow row, EventDraft event) {
        int end = Math.min(places.length, row.count() - SHARED);
        for (int i = 0; i < end; i++) {
            String value = row.get(SHARED + i);
            if (!value.isEmpty()) {
                places[i].put(value, event);
            }
        }
    }

    /** The value of a column; empty if this type has none of that name, or the row ends before it. */
    String get(CsvRow row, String column) {
        Integer index = indexes.get(column);
        return index == null ? "" : row.get(index);
    }
}
