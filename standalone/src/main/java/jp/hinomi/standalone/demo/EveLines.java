package jp.hinomi.standalone.demo;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/** Suricata's EVE JSON. */
final class EveLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSZ");

    private EveLines() {}

    static Function<ZonedDateTime, String> alert(
            String from, int fromPort, String to, int toPort, int id, String signature, String category, int severity) {
        return at ->
                ("{\"timestamp\":\"%s\",\"flow_id\":%d,\"in_iface\":\"mirror0\",\"event_type\":\"alert\",\"src_ip\":\"%s\","
                                + "\"src_port\":%d,\"dest_ip\":\"%s\",\"dest_port\":%d,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\","
                                + "\"gid\":1,\"signature_id\":%d,\"rev\":2,\"signature\":\"%s\",\"category\":\"%s\",\"severity\":%d}}")
                        .formatted(
                                TIME.format(at),
                                1_000_000L + fromPort,
                                from,
                                fromPort,
                                to,
                                toPort,
                                id,
                                signature,
                                category,
                                severity);
    }

    static Function<ZonedDateTime, String> dns(String from, int fromPort, String name) {
        return at ->
                ("{\"timestamp\":\"%s\",\"flow_id\":%d,\"in_iface\":\"mirror0\",\"event_type\":\"dns\",\"src_ip\":\"%s\","
                                + "\"src_port\":%d,\"dest_ip\":\"10.10.9.53\",\"dest_port\":53,\"proto\":\"UDP\",\"dns\":{\"type\":\"query\","
                                + "\"id\":%d,\"rrname\":\"%s\",\"rrtype\":\"A\",\"tx_id\":0}}")
                        .formatted(TIME.format(at), 2_000_000L + fromPort, from, fromPort, fromPort % 65536, name);
    }

    static Function<ZonedDateTime, String> http(
            String from, int fromPort, String to, String host, String path, int status) {
        return at ->
                ("{\"timestamp\":\"%s\",\"flow_id\":%d,\"in_iface\":\"mirror0\",\"event_type\":\"http\",\"src_ip\":\"%s\","
                                + "\"src_port\":%d,\"dest_ip\":\"%s\",\"dest_port\":80,\"proto\":\"TCP\",\"tx_id\":0,\"http\":{\"hostname\":"
                                + "\"%s\",\"url\":\"%s\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":%d,\"length\":1834}}")
                        .formatted(TIME.format(at), 3_000_000L + fromPort, from, fromPort, to, host, path, status);
    }
}
