package jp.hinomi.ingest.decode.envoy;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What only a service mesh knows of a request, under {@code istio.access}. Stateless. */
final class IstioFields {
    private static final Field FLAGS = Fields.of("istio.access.response.flags");
    private static final Field CODE_DETAILS = Fields.of("istio.access.response.code_details");
    private static final Field TERMINATION = Fields.of("istio.access.connection_termination_details");
    private static final Field FAILURE = Fields.of("istio.access.upstream.transport_failure_reason");
    private static final Field RECEIVED = Fields.of("istio.access.bytes.received");
    private static final Field SENT = Fields.of("istio.access.bytes.sent");
    private static final Field DURATION = Fields.of("istio.access.duration");
    private static final Field SERVICE_TIME = Fields.of("istio.access.upstream.service_time");
    private static final Field FORWARDED = Fields.of("istio.access.x_forwarded_for");
    private static final Field AUTHORITY = Fields.of("istio.access.authority");
    private static final Field HOST = Fields.of("istio.access.upstream.host");
    private static final Field CLUSTER = Fields.of("istio.access.upstream.cluster");
    private static final Field UPSTREAM_LOCAL = Fields.of("istio.access.upstream.local_address");
    private static final Field DOWNSTREAM_LOCAL = Fields.of("istio.access.downstream.local_address");
    private static final Field DOWNSTREAM_REMOTE = Fields.of("istio.access.downstream.remote_address");
    private static final Field SERVER_NAME = Fields.of("istio.access.requested_server_name");
    private static final Field ROUTE = Fields.of("istio.access.route_name");

    private IstioFields() {}

    static void describe(AccessEntry entry, boolean http, EventDraft event) {
        event.module("istio", "istio.access_logs");
        if (AccessEntry.present(entry.method)) {
            event.classify("web", "access");
        } else {
            event.classify("network", http ? "protocol" : "connection");
        }
        event.text(FLAGS, entry.flags).text(CODE_DETAILS, entry.codeDetails);
        event.text(TERMINATION, entry.terminationDetails).text(FAILURE, entry.transportFailure);
        event.number(RECEIVED, Numbers.parse(entry.received)).number(SENT, Numbers.parse(entry.sent));
        event.number(DURATION, Numbers.parse(entry.duration)).number(SERVICE_TIME, Numbers.parse(entry.serviceTime));
        event.text(FORWARDED, entry.forwardedFor).text(AUTHORITY, entry.authority);
        event.text(HOST, entry.upstreamHost).text(CLUSTER, entry.upstreamCluster);
        event.text(UPSTREAM_LOCAL, entry.upstreamLocal).text(DOWNSTREAM_LOCAL, entry.downstreamLocal);
        event.text(DOWNSTREAM_REMOTE, entry.downstreamRemote);
        event.text(SERVER_NAME, entry.serverName).text(ROUTE, entry.routeName);
    }
}
