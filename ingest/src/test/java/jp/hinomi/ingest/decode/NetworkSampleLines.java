package jp.hinomi.ingest.decode;

import java.util.List;
import java.util.Map;

/** Seeds for mutation of the formats of network equipment: firewalls, routers, virtual networks. */
final class NetworkSampleLines {
    static final Map<String, List<String>> BY_FORMAT = Map.of();

    private NetworkSampleLines() {}
}
