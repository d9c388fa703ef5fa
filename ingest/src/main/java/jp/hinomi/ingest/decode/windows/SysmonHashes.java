package jp.hinomi.ingest.decode.windows;

import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** {@code SHA1=…,MD5=…,SHA256=…,IMPHASH=…}: of a process, or of the file where the event is about one. */
final class SysmonHashes {
    private static final Field[] PROCESS = fields("process");
    private static final Field[] FILE = fields("file");

    private SysmonHashes() {}

    private static Field[] fields(String prefix) {
        return new Field[] {
            Fields.of(prefix + ".hash.sha1"),
            Fields.of(prefix + ".hash.md5"),
            Fields.of(prefix + ".hash.sha256"),
            Fields.of(prefix + ".pe.imphash")
        };
    }

    static void describe(int code, WindowsRecord windows, EventDraft event) {
        String hashes = windows.get("Hashes") == null ? windows.get("Hash") : windows.get("Hashes");
        if (hashes == null) {
            return;
        }
        boolean ofFile = code == 6 || code == 7 || code == 15 || code >= 26 && code <= 29;
        boolean deleted = code == 23; // Of the file; published rules ask for it as the process's.
        for (String hash : SysmonEvents.parts(hashes, ',')) {
            int equals = hash.indexOf('=');
            String value = hash.substring(equals + 1);
            int kind = equals < 0 ? -1 : kind(hash.substring(0, equals).toUpperCase(Locale.ROOT));
            if (kind >= 0 && !isZero(value)) {
                if (ofFile || deleted) {
                    event.hash(FILE[kind], value);
                }
                if (!ofFile) {
                    event.hash(PROCESS[kind], value);
                }
            }
        }
    }

    private static int kind(String name) {
        return switch (name) {
            case "SHA1" -> 0;
            case "MD5" -> 1;
            case "SHA256" -> 2;
            case "IMPHASH" -> 3;
            default -> -1;
        };
    }

    private static boolean isZero(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
