package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What numbers in logon events mean: kinds of logon, reasons of failure (NTSTATUS), privileges. */
final class LogonDetails {
    private static final Field TYPE = Fields.of("winlog.logon.type");
    private static final Field STATUS = Fields.of("winlog.logon.failure.status");
    private static final Field SUB_STATUS = Fields.of("winlog.logon.failure.sub_status");
    private static final Field REASON = Fields.of("winlog.logon.failure.reason");
    private static final Field PRIVILEGES = Fields.of("winlog.event_data.PrivilegeList");
    private static final Field ENCRYPTION = Fields.of("winlog.event_data.TicketEncryptionTypeDescription");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("2", "Interactive"),
            Map.entry("3", "Network"),
            Map.entry("4", "Batch"),
            Map.entry("5", "Service"),
            Map.entry("7", "Unlock"),
            Map.entry("8", "NetworkCleartext"),
            Map.entry("9", "NewCredentials"),
            Map.entry("10", "RemoteInteractive"),
            Map.entry("11", "CachedInteractive"),
            Map.entry("12", "CachedRemoteInteractive"),
            Map.entry("13", "CachedUnlock"));

    private static final Map<String, String> STATUSES = Map.ofEntries(
            Map.entry("0xc000005e", "There are currently no logon servers available to service the logon request."),
            Map.entry("0xc0000064", "User logon with misspelled or bad user account"),
            Map.entry("0xc000006a", "User logon with misspelled or bad password"),
            Map.entry("0xc000006d", "This is either due to a bad username or authentication information"),
            Map.entry("0xc000006e", "Unknown user name or bad password."),
            Map.entry("0xc000006f", "User logon outside authorized hours"),
            Map.entry("0xc0000070", "User logon from unauthorized workstation"),
            Map.entry("0xc0000071", "User logon with expired password"),
            Map.entry("0xc0000072", "User logon to account disabled by administrator"),
            Map.entry("0xc0000133", "Clocks between DC and other computer too far out of sync"),
            Map.entry(
                    "0xc000015b",
                    "The user has not been granted the requested logon type (aka logon right) at this machine"),
            Map.entry("0xc0000193", "User logon with expired account"),
            Map.entry("0xc0000224", "User is required to change password at next logon"),
            Map.entry("0xc0000234", "User logon with account locked"),
            Map.entry("0x0", "Status OK."));

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("%%2305", "The specified user account has expired."),
            Map.entry("%%2309", "The specified account's password has expired."),
            Map.entry("%%2310", "Account currently disabled."),
            Map.entry("%%2311", "Account logon time restriction violation."),
            Map.entry("%%2312", "User not allowed to logon at this computer."),
            Map.entry("%%2313", "Unknown user name or bad password."),
            Map.entry("%%2304", "An Error occured during Logon."));

    private static final Map<String, String> CIPHERS = Map.of(
            "0x1", "DES-CBC-CRC",
            "0x3", "DES-CBC-MD5",
            "0x11", "AES128-CTS-HMAC-SHA1-96",
            "0x12", "AES256-CTS-HMAC-SHA1-96",
            "0x17", "RC4-HMAC",
            "0x18", "RC4-HMAC-EXP",
            "0xffffffff", "FAIL");

    private LogonDetails() {}

    static void describe(int code, WindowsRecord windows, EventDraft event) {
        event.text(TYPE, meaning(TYPES, windows.get("LogonType")));
        event.text(ENCRYPTION, meaning(CIPHERS, windows.get("TicketEncryptionType")));
        if (code == 4625 || code == 4776) {
            String status = meaning(STATUSES, windows.get("Status"));
            event.text(STATUS, status).text(SUB_STATUS, meaning(STATUSES, windows.get("SubStatus")));
            event.text(REASON, meaning(REASONS, windows.get("FailureReason")));
        }
        String privileges = windows.get("PrivilegeList");
        if (privileges != null) {
            event.put(PRIVILEGES, list(privileges));
        }
    }

    private static String meaning(Map<String, String> meanings, String value) {
        return value == null ? null : meanings.get(value.toLowerCase(Locale.ROOT));
    }

    private static Object list(String privileges) {
        List<Object> words = new ArrayList<>(SecurityEvents.words(privileges));
        return words.isEmpty() ? privileges : words;
    }
}
