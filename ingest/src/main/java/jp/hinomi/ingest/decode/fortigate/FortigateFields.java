package jp.hinomi.ingest.decode.fortigate;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.WebFields;

/** What all FortiGate messages share, in ECS; what one type of message means is {@link FortigateEvents}' part. */
final class FortigateFields {
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field SOURCE_COUNTRY = Fields.of("source.geo.country_name");
    private static final Field DESTINATION_COUNTRY = Fields.of("destination.geo.country_name");
    private static final Field GROUP = Fields.of("user.group.name");
    private static final Field SOURCE_GROUP = Fields.of("source.user.group.name");
    private static final Field DESTINATION_USER = Fields.of("destination.user.name");
    private static final Field ROLES = Fields.of("user.roles");
    private static final Field FILE_EXTENSION = Fields.of("file.extension");
    private static final Field TIME_ZONE = Fields.of("event.timezone");
    private static final Field ERROR_CODE = Fields.of("error.code");
    private static final Field FORWARDED = Fields.of("network.forwarded_ip");

    /** Their values are told by ECS fields alone; every other key stays as {@code fortinet.firewall.*}. */
    private static final Set<Key> ECS_ONLY = EnumSet.of(
            Key.DATE,
            Key.TIME,
            Key.TZ,
            Key.EVENTTIME,
            Key.DEVNAME,
            Key.DEVID,
            Key.SRCIP,
            Key.SRCPORT,
            Key.SRCNAME,
            Key.DSTIP,
            Key.DSTPORT,
            Key.DSTNAME,
            Key.SRCINTF,
            Key.DSTINTF,
            Key.SRCMAC,
            Key.DSTMAC,
            Key.SENTBYTE,
            Key.RCVDBYTE,
            Key.SENTPKT,
            Key.RCVDPKT,
            Key.TRANSIP,
            Key.TRANSPORT,
            Key.TRANIP,
            Key.TRANPORT,
            Key.MSG,
            Key.LEVEL,
            Key.LOGID,
            Key.PROTO,
            Key.USER,
            Key.URL,
            Key.HOSTNAME,
            Key.AGENT,
            Key.DURATION,
            Key.SRCCOUNTRY,
            Key.DSTCOUNTRY,
            Key.QNAME,
            Key.FILENAME,
            Key.POLUUID,
            Key.FILESIZE,
            Key.XID,
            Key.QCLASS,
            Key.QTYPE,
            Key.HTTPMETHOD,
            Key.REFERRALURL);

    private static final Key[] KEPT =
            EnumSet.complementOf(EnumSet.copyOf(ECS_ONLY)).toArray(Key[]::new);
    private static final Key[] HASHES = {Key.ANALYTICSCKSUM, Key.FILEHASH};

    private FortigateFields() {}

    static void describe(KeyValues values, EventDraft event) {
        observer(values, event);
        ends(values, event);
        traffic(values, event);
        users(values, event);
        web(values, event);
        file(values, event);
        extras(values, event);
        FortigateEvents.describe(values, event);
        NetworkFields.type(event);
        NetworkFields.communityId(event);
        direction(values, event);
    }

    private static void observer(KeyValues values, EventDraft event) {
        event.text(Fields.OBSERVER_NAME, values.get(Key.DEVNAME));
        event.text(Fields.OBSERVER_SERIAL_NUMBER, values.get(Key.DEVID));
        event.text(Fields.OBSERVER_VENDOR, "Fortinet");
        event.text(Fields.OBSERVER_PRODUCT, "Fortigate");
        event.text(Fields.OBSERVER_TYPE, "firewall");
        event.text(Fields.EVENT_CODE, values.get(Key.LOGID));
        event.text(LOG_LEVEL, values.get(Key.LEVEL)).text(TIME_ZONE, values.get(Key.TZ));
        event.text(ERROR_CODE, values.get(Key.ERROR_NUM));
        event.text(Fields.EVENT_REASON, values.first(Key.REASON, Key.EVENTSUBTYPE));
        event.text(Fields.MESSAGE, values.first(Key.MSG, Key.LOGDESC));
    }

    private static void ends(KeyValues values, EventDraft event) {
        // A tunnel's remote end is the one that comes, as the administration guide has it; the local one is the device.
        event.source(values.first(Key.SRCIP, Key.REMIP, Key.SADDR));
        event.number(Fields.SOURCE_PORT, Numbers.parse(values.first(Key.SRCPORT, Key.SRC_PORT, Key.REMPORT)));
        event.destination(values.first(Key.DSTIP, Key.LOCIP, Key.DADDR));
        event.number(Fields.DESTINATION_PORT, Numbers.parse(values.first(Key.DSTPORT, Key.DST_PORT, Key.LOCPORT)));
        event.host(Fields.SOURCE_DOMAIN, values.get(Key.SRCNAME));
        event.host(Fields.DESTINATION_DOMAIN, values.get(Key.DSTNAME));
        event.text(Fields.SOURCE_MAC, mac(values.get(Key.SRCMAC)));
        event.text(Fields.DESTINATION_MAC, mac(values.get(Key.DSTMAC)));
        event.text(SOURCE_COUNTRY, country(values.get(Key.SRCCOUNTRY)));
        event.text(DESTINATION_COUNTRY, country(values.get(Key.DSTCOUNTRY)));
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, values.first(Key.SRCINTF, Key.SRC_INT));
        event.text(Fields.OBSERVER_EGRESS_INTERFACE, values.first(Key.DSTINTF, Key.DST_INT));
        translated(
                values.get(Key.TRANSIP),
                values.get(Key.TRANSPORT),
                Fields.SOURCE_NAT_IP,
                Fields.SOURCE_NAT_PORT,
                event);
        translated(
                values.get(Key.TRANIP),
                values.get(Key.TRANPORT),
                Fields.DESTINATION_NAT_IP,
                Fields.DESTINATION_NAT_PORT,
                event);
    }

    /** A device without translation writes 0.0.0.0 and port 0. */
    private static void translated(String address, String port, Field ip, Field portField, EventDraft event) {
        if (address != null && !address.equals("0.0.0.0") && event.ip(ip, address) != null) {
            event.number(portField, Numbers.parse(port));
        }
    }

    private static void traffic(KeyValues values, EventDraft event) {
        long sent = Numbers.parse(values.get(Key.SENTBYTE));
        long received = Numbers.parse(values.get(Key.RCVDBYTE));
        long sentPackets = Numbers.parse(values.get(Key.SENTPKT));
        long receivedPackets = Numbers.parse(values.get(Key.RCVDPKT));
        event.number(Fields.SOURCE_BYTES, sent).number(Fields.DESTINATION_BYTES, received);
        event.number(Fields.SOURCE_PACKETS, sentPackets).number(Fields.DESTINATION_PACKETS, receivedPackets);
        event.number(Fields.NETWORK_BYTES, sent < 0 || received < 0 ? -1 : sent + received);
        event.number(
                Fields.NETWORK_PACKETS, sentPackets < 0 || receivedPackets < 0 ? -1 : sentPackets + receivedPackets);
        long seconds = Numbers.parse(values.get(Key.DURATION));
        event.number(Fields.EVENT_DURATION, seconds < 0 || seconds > 1_000_000_000 ? -1 : seconds * 1_000_000_000);
        String protocol = values.get(Key.PROTO);
        if (protocol != null) {
            NetworkFields.transport(protocol, event);
        }
        String service = values.get(Key.SERVICE);
        event.text(Fields.NETWORK_PROTOCOL, service == null ? null : service.toLowerCase(Locale.ROOT));
        String application = values.get(Key.APP);
        event.text(Fields.NETWORK_APPLICATION, application == null ? null : application.toLowerCase(Locale.ROOT));
    }

    private static void users(KeyValues values, EventDraft event) {
        String user = values.first(Key.USER, Key.XAUTHUSER, Key.EAPUSER, Key.UNAUTHUSER);
        event.user(user);
        event.put(Fields.SOURCE_USER_NAME, event.get(Fields.USER_NAME));
        event.text(GROUP, values.get(Key.GROUP)).text(SOURCE_GROUP, values.get(Key.GROUP));
        event.text(ROLES, values.get(Key.ADMINPROF));
        event.user(Fields.USER_TARGET_NAME, null, values.get(Key.DSTUSER));
        event.user(DESTINATION_USER, null, values.first(Key.DSTUSER, Key.DSTUNAUTHUSER));
    }

    private static void web(KeyValues values, EventDraft event) {
        String host = values.get(Key.HOSTNAME);
        event.host(Fields.URL_DOMAIN, host);
        if (host != null && event.get(Fields.DESTINATION_DOMAIN) == null) {
            event.host(Fields.DESTINATION_DOMAIN, host);
        }
        String url = values.get(Key.URL);
        if (url != null) {
            WebFields.target(url, null, event);
        }
        event.text(Fields.HTTP_REQUEST_METHOD, values.get(Key.HTTPMETHOD));
        event.text(Fields.USER_AGENT_ORIGINAL, values.get(Key.AGENT));
        event.text(Fields.HTTP_REQUEST_REFERRER, values.get(Key.REFERRALURL));
        event.ip(FORWARDED, values.get(Key.FORWARDEDFOR));
    }

    private static void file(KeyValues values, EventDraft event) {
        event.text(Fields.FILE_NAME, values.first(Key.FILENAME, Key.INFECTEDFILENAME, Key.MATCHEDFILENAME, Key.FILE));
        event.number(Fields.FILE_SIZE, Numbers.parse(values.first(Key.FILESIZE, Key.INFECTEDFILESIZE)));
        event.text(FILE_EXTENSION, values.first(Key.FILETYPE, Key.INFECTEDFILETYPE, Key.MATCHEDFILETYPE));
        for (Key key : HASHES) {
            String hash = values.get(key);
            if (hash != null && hash.length() == 64) {
                event.hash(Fields.FILE_HASH_SHA256, hash);
            } else if (hash != null && hash.length() == 32) {
                event.hash(Fields.FILE_HASH_MD5, hash);
            }
        }
    }

    private static void extras(KeyValues values, EventDraft event) {
        for (Key key : KEPT) {
            event.text(key.field(), values.get(key));
        }
        String[] others = values.others();
        for (int i = 0; i < others.length; i += 2) {
            event.text(Fields.of("fortinet.firewall." + others[i].toLowerCase(Locale.ROOT)), others[i + 1]);
        }
    }

    /** The roles that the administrator gave to the interfaces decide; without roles, the addresses. */
    private static void direction(KeyValues values, EventDraft event) {
        String from = values.get(Key.SRCINTFROLE);
        String to = values.get(Key.DSTINTFROLE);
        if (from == null || to == null) {
            NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
            return;
        }
        boolean outside = from.equals("wan");
        boolean toOutside = to.equals("wan");
        event.text(
                Fields.NETWORK_DIRECTION,
                outside ? (toOutside ? "external" : "inbound") : (toOutside ? "outbound" : "internal"));
    }

    /** {@code Reserved} is FortiGuard's word for private addresses. */
    private static String country(String name) {
        return name == null || name.equals("Reserved") ? null : name;
    }

    /** ECS and RFC 7042 write {@code 00-00-5E-00-53-23}. */
    private static String mac(String address) {
        return address == null ? null : address.replace(':', '-').toUpperCase(Locale.ROOT);
    }
}
