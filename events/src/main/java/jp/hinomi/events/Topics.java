package jp.hinomi.events;

import java.util.List;

/**
 * The Kafka topics and record headers that Hinomi's processes agree on.
 *
 * <p>Raw logs stay raw: a {@code logs.*} record's value is what the source emitted, byte for byte.
 */
public final class Topics {
    public static final String LOGS_SERVICE = "logs.service";
    public static final String LOGS_CITY_OS = "logs.city-os";
    public static final String LOGS_GATEWAY = "logs.gateway";
    public static final String LOGS_IDS = "logs.ids";
    public static final String LOGS_WAF = "logs.waf";
    public static final String LOGS_FIREWALL = "logs.firewall";
    public static final String LOGS_ASSET = "logs.asset";

    /** Every topic that carries raw log records. */
    public static final List<String> LOGS =
            List.of(LOGS_SERVICE, LOGS_CITY_OS, LOGS_GATEWAY, LOGS_IDS, LOGS_WAF, LOGS_FIREWALL, LOGS_ASSET);

    /** Records that could not be used, as received, with the reason in the headers. */
    public static final String REJECTS = "rejects";

    /** Which records of {@link #REJECTS} have been sent again, keyed by their origin there. Compacted. */
    public static final String REJECTS_REPLAYED = "rejects-replayed";

    /** Decoded events as ECS JSON, for archives and other consumers. */
    public static final String EVENTS = "events";

    /** Alerts as JSON, keyed by alert id; a later record with the same id replaces the earlier one. */
    public static final String ALERTS = "alerts";

    /** Sigma documents, keyed by id, and who published them, keyed by pack and number; the job follows them. Compacted. */
    public static final String RULES = "rules";

    /** How each rule fares, as JSON keyed by rule name: {@link RuleHealth}. Compacted. */
    public static final String RULE_HEALTH = "rule-health";

    /** Indicators of threats as JSON, keyed by indicator id: {@link Indicator}; the job follows them. Compacted. */
    public static final String THREAT_INTEL = "threat-intel";

    public static final String CITY = "city";
    public static final String SOURCE_HEALTH = "source-health";

    /** Header of {@code logs.*}: the id of the source, UTF-8. Without it the record's key names the source. */
    public static final String HEADER_SOURCE = "source";

    /** Header of {@code logs.*}, optional: the record's format; overrides the source's configuration. */
    public static final String HEADER_FORMAT = "format";

    /** Header of {@code logs.*}: when the receiver took the record, RFC 3339 UTC with milliseconds. */
    public static final String HEADER_RECEIVED_AT = "received-at";

    /** Header of {@code logs.*}: {@code syslog-udp}, {@code syslog-tcp}, {@code http}, {@code file}. */
    public static final String HEADER_TRANSPORT = "transport";

    /** Header of {@code logs.*}, optional: address of the sending peer, as the receiver saw it. */
    public static final String HEADER_PEER = "peer";

    /** Header of {@code rejects}: why the record could not be used and what to do, UTF-8. */
    public static final String HEADER_REASON = "reason";

    /** Header of {@code rejects}: name of the decoder that refused the record. */
    public static final String HEADER_DECODER = "decoder";

    /** Header of {@code rejects}: {@code topic-partition-offset} of the refused record. */
    public static final String HEADER_ORIGIN = "origin";

    /** Header of {@code logs.*}, optional: {@code topic-partition-offset} of the rejected record that was sent again. */
    public static final String HEADER_REPLAYED_FROM = "replayed-from";

    /** Header of {@code rules}, optional: the file that the document stands in, as its author names it, UTF-8. */
    public static final String HEADER_FILE = "file";

    /** Header of {@code rules}, optional: the line in that file at which the value begins, counted from 1, as text. */
    public static final String HEADER_LINE = "line";

    /** Header of {@code rules}, optional: the pack that the document was published with. */
    public static final String HEADER_PACK = "pack";

    /** Header of publications in {@code rules}: Ed25519 over what says who published what, 64 bytes. */
    public static final String HEADER_SIGNATURE = "signature";

    /** Header of publications in {@code rules}: short name of the key that signed, as text. */
    public static final String HEADER_KEY = "key";

    private Topics() {}
}
