package jp.hinomi.ingest.decode.otlp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.mapped.FieldWriter;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Attributes by OpenTelemetry's semantic conventions (1.20 to 1.37, and the older names of HTTP and networks) into ECS. Names
 * that both have are taken over; what ECS has no field for stays under {@code otel}. Thread-safe.
 */
final class Attributes {
    private static final int MAX_REMEMBERED = 8_192;
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    private static final Map<String, String> NAMES = Map.<String, String>ofEntries(
            // resources
            Map.entry("service.instance.id", "service.node.name"),
            Map.entry("deployment.environment", "service.environment"),
            Map.entry("deployment.environment.name", "service.environment"),
            Map.entry("host.arch", "host.architecture"),
            Map.entry("os.type", "host.os.type"),
            Map.entry("os.name", "host.os.name"),
            Map.entry("os.version", "host.os.version"),
            Map.entry("os.description", "host.os.full"),
            Map.entry("process.executable.name", "process.name"),
            Map.entry("process.executable.path", "process.executable"),
            Map.entry("process.command_args", "process.args"),
            Map.entry("process.owner", "process.user.name"),
            Map.entry("process.parent_pid", "process.parent.pid"),
            Map.entry("container.image.tags", "container.image.tag"),
            Map.entry("k8s.cluster.name", "orchestrator.cluster.name"),
            Map.entry("k8s.namespace.name", "orchestrator.namespace"),
            Map.entry("k8s.pod.name", "orchestrator.resource.name"),
            // log records
            Map.entry("exception.type", "error.type"),
            Map.entry("exception.message", "error.message"),
            Map.entry("exception.stacktrace", "error.stack_trace"),
            Map.entry("thread.id", "process.thread.id"),
            Map.entry("thread.name", "process.thread.name"),
            Map.entry("code.function", "log.origin.function"),
            Map.entry("code.function.name", "log.origin.function"),
            Map.entry("code.filepath", "log.origin.file.name"),
            Map.entry("code.file.path", "log.origin.file.name"),
            Map.entry("code.lineno", "log.origin.file.line"),
            Map.entry("code.line.number", "log.origin.file.line"),
            Map.entry("event.name", "event.action"),
            Map.entry("enduser.id", "user.name"),
            // networks and HTTP
            Map.entry("http.client_ip", "client.address"),
            Map.entry("net.peer.ip", "source.address"),
            Map.entry("net.sock.peer.addr", "source.address"),
            Map.entry("network.peer.address", "source.address"),
            Map.entry("network.peer.port", "source.port"),
            Map.entry("net.host.name", "server.address"),
            Map.entry("net.host.port", "server.port"),
            Map.entry("net.transport", "network.transport"),
            Map.entry("network.protocol.name", "network.protocol"),
            Map.entry("network.protocol.version", "http.version"),
            Map.entry("http.method", "http.request.method"),
            Map.entry("http.status_code", "http.response.status_code"),
            Map.entry("http.user_agent", "user_agent.original"),
            Map.entry("http.url", "url.full"),
            Map.entry("http.target", "url.original"),
            Map.entry("http.scheme", "url.scheme"),
            Map.entry("http.request.body.size", "http.request.body.bytes"),
            Map.entry("http.response.body.size", "http.response.body.bytes"),
            Map.entry("http.request.size", "http.request.bytes"),
            Map.entry("http.response.size", "http.response.bytes"),
            Map.entry("http.request.header.referer", "http.request.referrer"),
            Map.entry("tls.protocol.version", "tls.version"),
            Map.entry("tls.protocol.name", "tls.version_protocol"));

    /** Said by the decoder, or nothing that a log may decide about itself. */
    private static final Set<String> KEPT = Set.of(
            "event.id",
            "event.kind",
            "event.category",
            "event.type",
            "event.outcome",
            "event.original",
            "event.module",
            "event.dataset",
            "message",
            "@timestamp",
            "trace.id",
            "span.id",
            "log.level");

    private final VendorFields rest;
    private final Map<String, Optional<FieldWriter>> writers = new ConcurrentHashMap<>();

    /** @param prefix of what ECS has no field for */
    Attributes(String prefix) {
        this.rest = new VendorFields(prefix, Set.of(), Map.of());
    }

    /** What is there already stays: an attribute of the record says more than one of its resource. */
    void put(JsonObject attributes, EventDraft event) {
        Map<String, Object> others = new HashMap<>(4);
        attributes.members().forEach((name, value) -> {
            FieldWriter writer = writer(name);
            boolean taken = writer != null
                    && !(value instanceof JsonObject)
                    && event.get(writer.field()) == null
                    && writer.put(value, event);
            if (!taken) {
                others.put(name, value);
            }
        });
        if (!others.isEmpty()) {
            rest.put(JsonObject.of(others), event);
        }
    }

    private FieldWriter writer(String name) {
        Optional<FieldWriter> known = writers.get(name);
        if (known == null) {
            known = Optional.ofNullable(target(name)).map(target -> new FieldWriter(target, UTC));
            if (writers.size() < MAX_REMEMBERED) {
                writers.put(name, known);
            }
        }
        return known.orElse(null);
    }

    private static String target(String name) {
        String target = NAMES.getOrDefault(name, name);
        if (KEPT.contains(target) || target.startsWith("city.") || target.startsWith("clock.")) {
            return null;
        }
        EcsField field = EcsCatalogue.get().field(target).orElse(null);
        return field == null
                        || List.of("object", "nested", "flattened", "geo_point").contains(field.type())
                ? null
                : target;
    }
}
