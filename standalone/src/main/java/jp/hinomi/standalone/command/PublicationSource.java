package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.city.RuleKey;
import jp.hinomi.correlation.live.PublicationLog;
import jp.hinomi.correlation.live.RuleRecord;
import jp.hinomi.correlation.live.RuleTopic;
import jp.hinomi.correlation.live.TrustedKeys;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.standalone.CityFolder;
import picocli.CommandLine.Option;

/** Where publications are read, and whose count: those of the city and, of a machine of ours, its own. */
final class PublicationSource {
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    boolean isGiven() {
        return bootstrapServers != null || data != null;
    }

    /** @param entries of all publications, in the order of the topic @param documents by key */
    record Read(
            List<PublicationLog.Entry> entries,
            Map<String, RuleRecord> documents,
            PublicationLog log,
            TrustedKeys trust) {}

    Read read() throws IOException {
        List<RuleKey> keys = new ArrayList<>();
        if (city != null) {
            keys.addAll(CityFolder.read(city, problem -> {}).ruleKeys());
        }
        Path own = data == null ? null : data.resolve("secrets").resolve("rules-key.pem");
        if (own != null && Files.isReadable(own)) {
            keys.add(TrustedKeys.every("hinomi up", SigningKey.read(own).verifying()));
        }
        TrustedKeys trust = new TrustedKeys(keys);
        List<PublicationLog.Entry> entries = new ArrayList<>();
        String servers = bootstrapServers != null
                ? bootstrapServers
                : WhichKafka.serversOf(data == null ? Path.of("var") : data);
        try (RuleTopic topic = new RuleTopic(servers, trust, entries::add)) {
            topic.catchUp(CATCH_UP);
            return new Read(entries, topic.records(), topic.publications(), trust);
        }
    }
}
