package jp.hinomi.ingest.intel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.document.Suggestion;

/**
 * A property of a STIX cyber-observable object, such as {@code network-traffic:dst_ref.value}, and what it is in an event.
 *
 * @param text as the pattern has it, without positions in lists
 * @param targets one or more; none where events have no such thing, so that no comparison holds
 */
record PatternPath(String text, List<Target> targets) {
    private static final Map<String, List<Target>> KNOWN = new TreeMap<>();

    /** Objects of STIX 2.1, section 6. */
    private static final Set<String> OBJECTS = new TreeSet<>(Set.of(
            "artifact",
            "autonomous-system",
            "directory",
            "domain-name",
            "email-addr",
            "email-message",
            "file",
            "ipv4-addr",
            "ipv6-addr",
            "mac-addr",
            "mutex",
            "network-traffic",
            "process",
            "software",
            "url",
            "user-account",
            "windows-registry-key",
            "x509-certificate"));

    static {
        known("ipv4-addr:value", whole(Subject.IP));
        known("ipv6-addr:value", whole(Subject.IP));
        known("domain-name:value", whole(Subject.DOMAIN));
        known("domain-name:resolves_to_refs.value", part(Subject.IP, "dns.resolved_ip", "dns.answers.data"));
        known("url:value", whole(Subject.URL));
        known("email-addr:value", whole(Subject.EMAIL));
        known("mac-addr:value", whole(Subject.MAC));
        known("autonomous-system:number", whole(Subject.AS_NUMBER));
        hashes("file:hashes.", "");
        hashes("artifact:hashes.", "");
        hashes("process:image_ref.hashes.", "process.hash.");
        hashes("process:binary_ref.hashes.", "process.hash.");
        hashes("x509-certificate:hashes.", "tls.server.hash.", "tls.client.hash.");
        known("file:name", whole(Subject.FILE_NAME));
        known("file:size", number("file.size"));
        known("file:mime_type", part(Subject.COMMON, "file.mime_type"));
        known("file:parent_directory_ref.path", whole(Subject.DIRECTORY));
        known("directory:path", whole(Subject.DIRECTORY));
        known("process:name", whole(Subject.PROCESS_NAME));
        known("process:image_ref.name", whole(Subject.PROCESS_NAME));
        known("process:binary_ref.name", whole(Subject.PROCESS_NAME));
        known("process:command_line", part(Subject.COMMAND_LINE, "process.command_line"));
        known("process:parent_ref.command_line", part(Subject.COMMAND_LINE, "process.parent.command_line"));
        known("process:cwd", part(Subject.COMMON, "process.working_directory"));
        known("process:pid", number("process.pid"));
        known("user-account:user_id", part(Subject.USER, "user.id", "user.name"));
        known(
                "user-account:account_login",
                part(Subject.USER, "user.name", "source.user.name", "user.target.name", "user.effective.name"));
        known("email-message:from_ref.value", part(Subject.EMAIL, "email.from.address"));
        known("email-message:sender_ref.value", part(Subject.EMAIL, "email.sender.address"));
        known("email-message:to_refs.value", part(Subject.EMAIL, "email.to.address"));
        known("email-message:cc_refs.value", part(Subject.EMAIL, "email.cc.address"));
        known("email-message:bcc_refs.value", part(Subject.EMAIL, "email.bcc.address"));
        known("email-message:subject", whole(Subject.EMAIL_SUBJECT));
        known("email-message:message_id", whole(Subject.MESSAGE_ID));
        known("windows-registry-key:key", whole(Subject.REGISTRY_KEY));
        known("windows-registry-key:values.name", part(Subject.COMMON, "registry.value"));
        known("windows-registry-key:values.data", part(Subject.COMMON, "registry.data.strings"));
        known("x509-certificate:serial_number", whole(Subject.SERIAL_NUMBER));
        known("x509-certificate:issuer", whole(Subject.ISSUER));
        known("x509-certificate:subject", whole(Subject.CERTIFICATE));
        known(
                "network-traffic:src_ref.value",
                part(Subject.IP, "source.ip", "client.ip", "source.nat.ip", "network.forwarded_ip"),
                part(Subject.DOMAIN, "source.domain", "client.domain"));
        known(
                "network-traffic:dst_ref.value",
                part(Subject.IP, "destination.ip", "server.ip", "destination.nat.ip"),
                part(Subject.DOMAIN, "destination.domain", "server.domain", "url.domain", "tls.client.server_name"));
        known("network-traffic:src_port", number("source.port"));
        known("network-traffic:dst_port", number("destination.port"));
        known("network-traffic:src_byte_count", number("source.bytes"));
        known("network-traffic:dst_byte_count", number("destination.bytes"));
        known("network-traffic:src_packets", number("source.packets"));
        known("network-traffic:dst_packets", number("destination.packets"));
        known(
                "network-traffic:protocols",
                part(Subject.COMMON, "network.transport", "network.protocol", "network.type", "network.application"));
        String http = "network-traffic:extensions.http-request-ext.";
        known(http + "request_method", part(Subject.COMMON, "http.request.method"));
        known(http + "request_value", part(Subject.URL_PATH, "url.original", "url.path"));
        known(http + "request_header.user-agent", whole(Subject.USER_AGENT));
        known(http + "request_header.host", part(Subject.DOMAIN, "url.domain", "destination.domain"));
    }

    private static void known(String path, Target... targets) {
        KNOWN.put(path, List.of(targets));
    }

    private static Target whole(Subject subject) {
        return new Target(subject, subject.fields());
    }

    private static Target part(Subject subject, String... fields) {
        return new Target(subject, Arrays.stream(fields).map(Fields::of).toList());
    }

    private static Target number(String field) {
        return new Target(null, List.of(Fields.of(field)));
    }

    /** For each algorithm the fields of its subject that begin so; all of them for an empty beginning. */
    private static void hashes(String path, String... beginnings) {
        for (Subject subject : List.of(Subject.MD5, Subject.SHA1, Subject.SHA256, Subject.SHA512)) {
            List<Field> fields = new ArrayList<>();
            for (Field field : subject.fields()) {
                if (Arrays.stream(beginnings).anyMatch(field.name()::startsWith)) {
                    fields.add(field);
                }
            }
            known(path + subject.name().toLowerCase(Locale.ROOT), new Target(subject, fields));
        }
    }

    /**
     * @param object such as {@code file}
     * @param properties such as {@code hashes} and {@code SHA-256}; positions in lists left out
     * @param at where the pattern names it
     */
    static PatternPath of(String object, List<String> properties, int at) {
        String text = object + ":" + String.join(".", properties);
        if (!OBJECTS.contains(object) && !object.startsWith("x-")) {
            throw new PatternException(
                    at, "STIX has no object '" + object + "': " + Suggestion.remedy(object, OBJECTS));
        }
        String key = text.toLowerCase(Locale.ROOT);
        int hashes = key.indexOf("hashes.");
        if (hashes >= 0) {
            key = key.substring(0, hashes)
                    + key.substring(hashes).replace("-", "").replace("_", "");
        }
        List<Target> targets = KNOWN.get(key);
        return new PatternPath(text, targets == null ? List.of() : targets);
    }

    /** Whether events have such a thing at all. */
    boolean isSeen() {
        return !targets.isEmpty();
    }

    /** Every path that events can answer, for the guide. */
    static Set<String> known() {
        return KNOWN.keySet();
    }
}
