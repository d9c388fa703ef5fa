package jp.hinomi.ingest.decode.paloalto;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.web.WebFields;

/** What the security profiles saw in a session: logs of type THREAT, by their subtype. */
final class Threats {
    private static final List<String> THREAT = List.of("intrusion_detection", "threat", "network");
    private static final List<String> MALWARE = List.of("intrusion_detection", "threat", "malware", "network");

    private static final Field THREAT_NAME = Fields.of("panw.panos.threat.name");
    private static final Field THREAT_ID = Fields.of("panw.panos.threat.id");
    private static final Field FORWARDED = Fields.of("network.forwarded_ip");
    private static final Field FORWARDED_FOR = Fields.of("panw.panos.x_forwarded_for");
    private static final Field CATEGORIES = Fields.of("panw.panos.url_category_list");
    private static final Field FILE_HASH = Fields.of("panw.panos.file.hash");
    private static final Field SHA1 = Fields.of("file.hash.sha1");

    /** The threat id of every URL log. */
    private static final String URL_FILTERING = "9999";

    private Threats() {}

    static void describe(LogType type, CsvRow row, String subtype, EventDraft event) {
        String action = type.get(row, "action");
        boolean allowed = action.equals("alert") || action.equals("allow") || action.equals("continue");
        classify(subtype, allowed, event);
        event.outcome(allowed);
        name(type.get(row, "threat"), event);
        subject(subtype, type.get(row, "misc"), event);
        hash(type.get(row, "file.hash"), event);
        forwarded(type.get(row, "forwarded_for"), event);
        categories(type.get(row, "url_category_list"), event);
        event.text(Fields.EVENT_REASON, type.get(row, "reason"));
    }

    /** A log is written where a profile asks for it, also of what it lets pass: all are alerts of the profile. */
    private static void classify(String subtype, boolean allowed, EventDraft event) {
        boolean malware = subtype.endsWith("virus") || subtype.equals("wildfire");
        event.kind("alert").classify(malware ? MALWARE : THREAT, allowed ? "allowed" : "denied");
        event.action(
                switch (subtype) {
                    case "url" -> "url_filtering";
                    case "file" -> "file_match";
                    case "data", "dlp", "dlp-non-file" -> "data_match";
                    case "virus", "ml-virus" -> "virus_detected";
                    case "wildfire-virus" -> "wildfire_virus_detected";
                    case "wildfire" -> "wildfire_verdict";
                    case "spyware" -> "spyware_detected";
                    case "vulnerability" -> "exploit_detected";
                    case "scan" -> "scan_detected";
                    case "flood" -> "flood_detected";
                    case "packet" -> "packet_attack";
                    default -> null;
                });
    }

    /** {@code Name(12345)}; only the number is the same in every version. */
    private static void name(String threat, EventDraft event) {
        int open = threat.lastIndexOf('(');
        boolean numbered = open >= 0 && threat.endsWith(")");
        String id = numbered ? threat.substring(open + 1, threat.length() - 1).trim() : "";
        if (!numbered || Numbers.parse(id) < 0) {
            event.text(THREAT_NAME, threat);
            return;
        }
        String name = id.equals(URL_FILTERING)
                ? "URL-filtering"
                : threat.substring(0, open).trim();
        event.text(THREAT_NAME, name).text(THREAT_ID, id).text(Fields.EVENT_CODE, id);
    }

    /** The column "URL/Filename" is what its name says, by subtype. */
    private static void subject(String subtype, String misc, EventDraft event) {
        if (misc.isEmpty()) {
            return;
        }
        boolean path = misc.indexOf('/') >= 0;
        switch (subtype) {
            case "url" -> url(misc, event);
            case "file", "wildfire", "data", "dlp" -> file(misc, event);
            case "virus", "vulnerability", "wildfire-virus", "ml-virus" -> {
                if (path) {
                    url(misc, event);
                } else {
                    file(misc, event);
                }
            }
            case "spyware" -> spyware(misc, path, event);
            default -> event.text(Fields.of("panw.panos.misc"), misc);
        }
    }

    /** DNS signatures name the domain that was asked for. */
    private static void spyware(String misc, boolean path, EventDraft event) {
        if (path) {
            url(misc, event);
        } else if (misc.indexOf('.') > 0 && Addresses.canonical(misc) == null && misc.indexOf(' ') < 0) {
            event.host(Fields.DNS_QUESTION_NAME, misc);
        } else {
            event.text(Fields.of("panw.panos.misc"), misc);
        }
    }

    /** PAN-OS writes URLs without their scheme: {@code host:port/path?query}. */
    private static void url(String url, EventDraft event) {
        if (url.contains("://") || url.charAt(0) == '/') {
            event.url(url);
        } else {
            int path = url.indexOf('/');
            int query = url.indexOf('?');
            int end = path < 0 ? query : query < 0 ? path : Math.min(path, query);
            end = end < 0 ? url.length() : end;
            WebFields.target(url.substring(end), null, event);
            WebFields.authority(url.substring(0, end), event);
            event.text(Fields.URL_ORIGINAL, url);
        }
        if (event.get(Fields.URL_DOMAIN) instanceof String domain
                && event.get(Fields.DESTINATION_DOMAIN) == null
                && Addresses.canonical(domain) == null) {
            event.put(Fields.DESTINATION_DOMAIN, domain);
        }
    }

    private static void file(String name, EventDraft event) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        if (slash >= 0) {
            event.text(Fields.FILE_PATH, name);
        }
        event.text(Fields.FILE_NAME, name.substring(slash + 1));
    }

    private static void hash(String hash, EventDraft event) {
        Field field = switch (hash.length()) {
            case 64 -> Fields.FILE_HASH_SHA256;
            case 40 -> SHA1;
            case 32 -> Fields.FILE_HASH_MD5;
            default -> FILE_HASH;
        };
        event.hash(field, hash);
    }

    private static void forwarded(String value, EventDraft event) {
        if (event.ip(FORWARDED, value) == null) {
            event.text(FORWARDED_FOR, value);
        }
    }

    private static void categories(String list, EventDraft event) {
        if (list.isEmpty()) {
            return;
        }
        List<String> categories = new ArrayList<>(4);
        for (String category : list.split(",", 64)) {
            if (!category.isBlank()) {
                categories.add(category.trim());
            }
        }
        event.put(CATEGORIES, categories);
        if (!categories.isEmpty()) {
            event.text(Fields.RULE_CATEGORY, categories.get(0));
        }
    }
}
