package jp.hinomi.ingest.decode.envoy;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * One entry of an access log as Envoy's command operators name its parts; null or a dash where there is no value. Bytes
 * received are what came from the client, that is the request; bytes sent are the response.
 */
final class AccessEntry {
    private static final Field REQUEST_BYTES = Fields.of("http.request.body.bytes");
    private static final Field LOG_TYPE = Fields.of("envoyproxy.log_type");
    private static final Field PROXY_TYPE = Fields.of("envoyproxy.proxy_type");
    private static final Field AUTHORITY = Fields.of("envoyproxy.authority");
    private static final Field REQUEST_ID = Fields.of("envoyproxy.request_id");
    private static final Field FLAGS = Fields.of("envoyproxy.response_flags");
    private static final Field SERVICE_TIME = Fields.of("envoyproxy.upstream_service_time");
    private static final int MAX_FLAGS = 16;
    private static final long NANOS = 1_000_000;
    private static final long MAX_MILLIS = Long.MAX_VALUE / NANOS;

    long millis;
    boolean istio;
    String method;
    String path;
    String protocol;
    String code;
    String flags;
    String codeDetails;
    String terminationDetails;
    String transportFailure;
    String received;
    String sent;
    String duration;
    String serviceTime;
    String forwardedFor;
    String userAgent;
    String requestId;
    String authority;
    String upstreamHost;
    String upstreamCluster;
    String upstreamLocal;
    String downstreamLocal;
    String downstreamRemote;
    String serverName;
    String routeName;

    void describe(EventDraft event) {
        event.time(millis);
        boolean http = present(protocol) || present(method);
        traffic(http, event);
        if (present(upstreamHost)) {
            HostPort.destination(upstreamHost, event);
        }
        String client = ForwardedFor.describe(forwardedFor, event);
        if (present(downstreamRemote)) {
            HostPort.source(downstreamRemote, event);
        } else {
            // Envoy appends the address that it saw itself: the last one is no claim of the client.
            event.source(client);
        }
        if (istio) {
            // ECS: the address is what the log has, with its port
            event.text(Fields.SOURCE_ADDRESS, downstreamRemote).text(Fields.DESTINATION_ADDRESS, upstreamHost);
        }
        event.text(Fields.USER_AGENT_ORIGINAL, userAgent).text(Fields.HTTP_REQUEST_ID, requestId);
        event.text(Fields.TLS_CLIENT_SERVER_NAME, serverName);
        long milliseconds = Numbers.parse(duration);
        event.number(Fields.EVENT_DURATION, milliseconds < 0 || milliseconds > MAX_MILLIS ? -1 : milliseconds * NANOS);
        event.text(Fields.EVENT_REASON, "via_upstream".equals(codeDetails) ? null : codeDetails);
        NetworkFields.transport(protocol != null && protocol.equals("HTTP/3") ? "udp" : "tcp", event);
        NetworkFields.type(event);
        if (istio) {
            IstioFields.describe(this, http, event);
        } else {
            envoy(http, event);
        }
        NetworkFields.communityId(event);
    }

    private void traffic(boolean http, EventDraft event) {
        long in = Numbers.parse(received);
        long out = Numbers.parse(sent);
        long status = Numbers.parse(code);
        if (!http) {
            event.number(Fields.SOURCE_BYTES, in).number(Fields.DESTINATION_BYTES, out);
            event.outcome(!present(flags));
            return;
        }
        event.text(Fields.HTTP_REQUEST_METHOD, method).text(Fields.NETWORK_PROTOCOL, "http");
        if (present(authority)) {
            WebFields.authority(authority, event);
        }
        if (present(path)) {
            WebFields.target(path, method, event);
        }
        WebFields.version(protocol, event);
        event.number(REQUEST_BYTES, in).number(Fields.HTTP_RESPONSE_BODY_BYTES, out);
        event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status > 0 ? status : -1);
        event.outcome(!present(flags) && status < 400);
    }

    private void envoy(boolean http, EventDraft event) {
        event.module("envoyproxy", "envoyproxy.log").text(LOG_TYPE, "ACCESS");
        event.text(PROXY_TYPE, http ? "http" : "tcp");
        event.classify("network", http ? List.of("connection", "protocol") : "connection");
        event.text(AUTHORITY, authority).text(REQUEST_ID, requestId).put(FLAGS, flagList());
        long milliseconds = Numbers.parse(serviceTime);
        event.number(SERVICE_TIME, milliseconds < 0 || milliseconds > MAX_MILLIS ? -1 : milliseconds * NANOS);
    }

    /** Comma-separated; null if the request went well. */
    List<String> flagList() {
        if (!present(flags)) {
            return null;
        }
        List<String> list = new ArrayList<>(2);
        int from = 0;
        while (from <= flags.length() && list.size() < MAX_FLAGS) {
            int comma = flags.indexOf(',', from);
            int end = comma < 0 ? flags.length() : comma;
            if (end > from) {
                list.add(flags.substring(from, end));
            }
            from = end + 1;
        }
        return list;
    }

    static boolean present(String value) {
        return value != null && !value.isEmpty() && !value.equals("-");
    }
}
