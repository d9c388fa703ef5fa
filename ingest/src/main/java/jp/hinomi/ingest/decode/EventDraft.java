package jp.hinomi.ingest.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.net.DomainParts;
import jp.hinomi.ingest.decode.net.MacAddress;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * An event in the making: puts values in the form that ECS wants (addresses canonical, host names in lower case, users
 * apart from their domains) and collects {@code related.*}. Not thread-safe.
 */
public final class EventDraft {
    private static final Field RELATED_HASH = Fields.of("related.hash");

    /** More related values of one kind are not collected; the fields themselves keep all. */
    private static final int MAX_RELATED = 64;

    private static final Field[][] CLIENT_AND_SERVER = {
        {Fields.SOURCE_ADDRESS, Fields.of("client.address")},
        {Fields.SOURCE_IP, Fields.CLIENT_IP},
        {Fields.SOURCE_PORT, Fields.of("client.port")},
        {Fields.SOURCE_DOMAIN, Fields.of("client.domain")},
        {Fields.SOURCE_BYTES, Fields.of("client.bytes")},
        {Fields.SOURCE_PACKETS, Fields.of("client.packets")},
        {Fields.of("source.nat.ip"), Fields.of("client.nat.ip")},
        {Fields.of("source.nat.port"), Fields.of("client.nat.port")},
        {Fields.DESTINATION_ADDRESS, Fields.of("server.address")},
        {Fields.DESTINATION_IP, Fields.SERVER_IP},
        {Fields.DESTINATION_PORT, Fields.of("server.port")},
        {Fields.DESTINATION_DOMAIN, Fields.of("server.domain")},
        {Fields.DESTINATION_BYTES, Fields.of("server.bytes")},
        {Fields.DESTINATION_PACKETS, Fields.of("server.packets")},
        {Fields.of("destination.nat.ip"), Fields.of("server.nat.ip")},
        {Fields.of("destination.nat.port"), Fields.of("server.nat.port")},
    };

    private final SecurityEvent.Builder builder;
    private List<String> ips;
    private List<String> users;
    private List<String> hosts;
    private List<String> hashes;

    private EventDraft(String id, long millis) {
        this(new SecurityEvent.Builder(id, millis));
    }

    private EventDraft(SecurityEvent.Builder builder) {
        this.builder = builder;
    }

    /** @param original the record as text: every event keeps it */
    public static EventDraft of(String id, String original, long millis) {
        EventDraft draft = new EventDraft(id, millis);
        draft.builder.put(Fields.EVENT_ORIGINAL, original);
        return draft;
    }

    /** Goes on with an event that another decoder made of a part of the record. @param original the whole record */
    public static EventDraft continuing(SecurityEvent event, String original) {
        EventDraft draft = new EventDraft(event.toBuilder());
        draft.builder.put(Fields.EVENT_ORIGINAL, original);
        draft.ips = related(event, Fields.RELATED_IP);
        draft.users = related(event, Fields.RELATED_USER);
        draft.hosts = related(event, Fields.RELATED_HOSTS);
        draft.hashes = related(event, RELATED_HASH);
        return draft;
    }

    private static List<String> related(SecurityEvent event, Field field) {
        Object value = event.get(field);
        List<String> all = null;
        for (Object one : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            all = add(all, one.toString());
        }
        return all;
    }

    public EventDraft time(long millis) {
        builder.timestampMillis(millis);
        return this;
    }

    /** Null, empty text and the lone dash of logs that have no value leave the field as it was. */
    public EventDraft text(Field field, String value) {
        if (value != null && !value.isEmpty() && !(value.length() == 1 && value.charAt(0) == '-')) {
            builder.put(field, value);
        }
        return this;
    }

    /** A negative number means that there is none. */
    public EventDraft number(Field field, long value) {
        if (value >= 0) {
            builder.put(field, value);
        }
        return this;
    }

    /** Any value as {@link SecurityEvent.Builder#put} takes it. */
    public EventDraft put(Field field, Object value) {
        builder.put(field, value);
        return this;
    }

    public Object get(Field field) {
        return builder.get(field);
    }

    public EventDraft kind(String kind) {
        builder.put(Fields.EVENT_KIND, kind);
        return this;
    }

    public EventDraft module(String module, String dataset) {
        builder.put(Fields.EVENT_MODULE, module);
        builder.put(Fields.EVENT_DATASET, dataset);
        return this;
    }

    /** Categories and types as ECS lists them; either may be several. */
    public EventDraft classify(Object categories, Object types) {
        builder.put(Fields.EVENT_CATEGORY, categories);
        builder.put(Fields.EVENT_TYPE, types);
        return this;
    }

    public EventDraft action(String action) {
        return text(Fields.EVENT_ACTION, action);
    }

    public EventDraft outcome(boolean success) {
        builder.put(Fields.EVENT_OUTCOME, success ? "success" : "failure");
        return this;
    }

    /** @return the canonical address, or null if it is none, which leaves the field as it was */
    public String ip(Field field, String text) {
        String ip = Addresses.canonical(text);
        if (ip != null) {
            builder.put(field, ip);
            relatedIp(ip);
        }
        return ip;
    }

    /** What a log calls an address and may be a host name: goes to address, and to ip or domain. */
    public EventDraft source(String text) {
        return endpoint(text, Fields.SOURCE_ADDRESS, Fields.SOURCE_IP, Fields.SOURCE_DOMAIN);
    }

    /** As {@link #source} for the other end. */
    public EventDraft destination(String text) {
        return endpoint(text, Fields.DESTINATION_ADDRESS, Fields.DESTINATION_IP, Fields.DESTINATION_DOMAIN);
    }

    private EventDraft endpoint(String text, Field address, Field ip, Field domain) {
        if (text == null || text.isEmpty() || text.equals("-")) {
            return this;
        }
        String canonical = ip(ip, text);
        if (canonical != null) {
            builder.put(address, canonical);
        } else {
            builder.put(address, text);
            host(domain, text);
        }
        return this;
    }

    /** A host or domain name, in lower case and without the root's dot. */
    public EventDraft host(Field field, String name) {
        String host = hostForm(name);
        if (host != null) {
            builder.put(field, host);
            relatedHost(host);
        }
        return this;
    }

    /** The machine that the log is from. A sender that names itself by address has no name. */
    public EventDraft hostName(String name) {
        if (name == null || name.isEmpty() || name.equals("-")) {
            return this;
        }
        if (ip(Fields.HOST_IP, name) == null) {
            text(Fields.HOST_HOSTNAME, name);
            host(Fields.HOST_NAME, name);
        }
        return this;
    }

    /** {@code user.name}, with {@code user.domain} of {@code DOMAIN\name} and {@code name@domain}. */
    public EventDraft user(String name) {
        return user(Fields.USER_NAME, Fields.USER_DOMAIN, name);
    }

    /** @param domain null where ECS has no field for it: then the name stays whole */
    public EventDraft user(Field nameField, Field domain, String name) {
        if (name == null || name.isEmpty() || name.equals("-")) {
            return this;
        }
        int backslash = name.indexOf('\\');
        int at = name.lastIndexOf('@');
        String plain = name;
        if (domain != null && backslash == 0 && name.length() > 1) {
            plain = name.substring(1);
        } else if (domain != null && backslash > 0 && backslash < name.length() - 1) {
            builder.put(domain, name.substring(0, backslash));
            plain = name.substring(backslash + 1);
        } else if (domain != null && at > 0 && at < name.length() - 1) {
            builder.put(domain, name.substring(at + 1).toLowerCase(Locale.ROOT));
            plain = name.substring(0, at);
        }
        builder.put(nameField, plain);
        return relatedUser(plain);
    }

    public EventDraft relatedIp(String canonical) {
        ips = add(ips, canonical);
        return this;
    }

    public EventDraft relatedUser(String user) {
        users = add(users, user);
        return this;
    }

    public EventDraft relatedHost(String host) {
        hosts = add(hosts, host);
        return this;
    }

    /** Hashes of files and certificates, and fingerprints of clients. */
    public EventDraft relatedHash(String hash) {
        hashes = add(hashes, hash);
        return this;
    }

    /** A hash, in lower case, which goes to {@code related.hash} as well. */
    public EventDraft hash(Field field, String hash) {
        if (hash != null && !hash.isEmpty() && !hash.equals("-")) {
            String form = hash.toLowerCase(Locale.ROOT);
            builder.put(field, form);
            relatedHash(form);
        }
        return this;
    }

    /** A hardware address in the form of RFC 7042, {@code 00-00-5E-00-53-01}; left out if it is none. */
    public EventDraft mac(Field field, String address) {
        return text(field, MacAddress.ecs(address));
    }

    /** An absolute address or a request target, split into {@code url.*}. */
    public EventDraft url(String url) {
        if (url != null && !url.isEmpty() && !url.equals("-")) {
            WebFields.target(url, null, this);
        }
        return this;
    }

    /**
     * Repeats the source as {@code client.*} and the destination as {@code server.*}, for protocols with those two parts:
     * address, ip, port, domain, bytes, packets, and what was translated. Call it when both are known.
     */
    public EventDraft clientAndServer() {
        for (Field[] copy : CLIENT_AND_SERVER) {
            builder.put(copy[1], builder.get(copy[0]));
        }
        return this;
    }

    public Decoding finish() {
        WebFields.userAgent(this);
        DomainParts.ofQuestion(this);
        builder.put(Fields.RELATED_IP, ips);
        builder.put(Fields.RELATED_USER, users);
        builder.put(Fields.RELATED_HOSTS, hosts);
        builder.put(RELATED_HASH, hashes);
        return new Decoding.Decoded(builder.build());
    }

    /** The form in which hosts are compared; null if there is nothing. */
    public static String hostForm(String name) {
        if (name == null || name.isEmpty() || name.equals("-")) {
            return null;
        }
        String host = name.toLowerCase(Locale.ROOT);
        return host.length() > 1 && host.charAt(host.length() - 1) == '.' ? host.substring(0, host.length() - 1) : host;
    }

    private static List<String> add(List<String> list, String value) {
        if (value == null || value.isEmpty()) {
            return list;
        }
        if (list == null) {
            list = new ArrayList<>(4);
        }
        if (list.size() < MAX_RELATED && !list.contains(value)) {
            list.add(value);
        }
        return list;
    }
}
