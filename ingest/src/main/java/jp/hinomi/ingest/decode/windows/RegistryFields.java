package jp.hinomi.ingest.decode.windows;

import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Sysmon 12 to 14: {@code HKLM\System\CurrentControlSet\Services\x\Start}, {@code DWORD (0x00000004)}. */
final class RegistryFields {
    private static final Field PATH = Fields.of("registry.path");
    private static final Field HIVE = Fields.of("registry.hive");
    private static final Field KEY = Fields.of("registry.key");
    private static final Field VALUE = Fields.of("registry.value");
    private static final Field DATA_TYPE = Fields.of("registry.data.type");
    private static final Field DATA = Fields.of("registry.data.strings");

    private static final Map<String, String> HIVES = Map.of(
            "HKEY_CLASSES_ROOT", "HKCR",
            "HKEY_CURRENT_CONFIG", "HKCC",
            "HKEY_CURRENT_USER", "HKCU",
            "HKEY_DYN_DATA", "HKDD",
            "HKEY_LOCAL_MACHINE", "HKLM",
            "HKEY_PERFORMANCE_DATA", "HKPD",
            "HKEY_USERS", "HKU");

    /** What the kernel calls the hives, and what everybody else does. */
    private static final String[] KERNEL = {"\\REGISTRY\\MACHINE", "HKLM", "\\REGISTRY\\USER", "HKU"};

    private static final Map<String, String> TYPES = Map.of(
            "%%1872", "REG_NONE",
            "%%1873", "REG_SZ",
            "%%1874", "REG_EXPAND_SZ",
            "%%1875", "REG_BINARY",
            "%%1876", "REG_DWORD",
            "%%1879", "REG_MULTI_SZ",
            "%%1883", "REG_QWORD");

    private RegistryFields() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        String path = windows.get("TargetObject");
        if (path == null) {
            return;
        }
        event.text(PATH, path);
        int slash = path.indexOf('\\');
        if (slash > 0) {
            String hive = path.substring(0, slash);
            event.text(HIVE, HIVES.getOrDefault(hive, hive)).text(KEY, path.substring(slash + 1));
            int last = path.lastIndexOf('\\');
            event.text(VALUE, path.substring(last + 1));
        }
        details(windows.get("Details"), event);
    }

    /** Of the Security log: {@code \\REGISTRY\\MACHINE\\Software\\…}, the value's name and its new content beside it. */
    static void object(WindowsRecord windows, EventDraft event) {
        String path = windows.get("ObjectName");
        if (path == null) {
            return;
        }
        String plain = path;
        for (int i = 0; i < KERNEL.length; i += 2) {
            if (path.regionMatches(true, 0, KERNEL[i], 0, KERNEL[i].length())) {
                plain = KERNEL[i + 1] + path.substring(KERNEL[i].length());
                break;
            }
        }
        String value = windows.get("ObjectValueName");
        event.text(PATH, value == null ? plain : plain + '\\' + value).text(VALUE, value);
        int slash = plain.indexOf('\\');
        if (slash > 0) {
            event.text(HIVE, plain.substring(0, slash)).text(KEY, plain.substring(slash + 1));
        }
        String content = windows.get("NewValue");
        event.put(DATA, content);
        event.put(DATA_TYPE, TYPES.get(String.valueOf(windows.get("NewValueType"))));
    }

    private static void details(String details, EventDraft event) {
        if (details == null) {
            return;
        }
        boolean quad = details.startsWith("QWORD (");
        if ((quad || details.startsWith("DWORD (")) && details.endsWith(")")) {
            event.put(DATA_TYPE, quad ? "REG_QWORD" : "REG_DWORD");
            String value = number(details.substring("DWORD (".length(), details.length() - 1));
            if (value != null) {
                event.put(DATA, value);
            }
        } else if (details.equals("Binary Data")) {
            event.put(DATA_TYPE, "REG_BINARY");
        } else {
            event.put(DATA_TYPE, "REG_SZ").put(DATA, details);
        }
    }

    /** {@code 0x00000004}, and {@code 0x00000001-0x00000004} of a QWORD, in decimal. */
    private static String number(String hexadecimal) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < hexadecimal.length(); i++) {
            char c = hexadecimal.charAt(i);
            if (c == '-' || c == '0' && i + 1 < hexadecimal.length() && hexadecimal.charAt(i + 1) == 'x') {
                i += c == '-' ? 0 : 1;
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0 || ++digits > 16) {
                return null;
            }
            value = value << 4 | digit;
        }
        return digits == 0 ? null : Long.toUnsignedString(value);
    }
}
