package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.hinomi.correlation.live.RuleFiles;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Task managers do not have the folders of whoever submitted the job. */
class ShippedFilesTest {
    @Test
    void cityAndRulesTravelWithTheJob(@TempDir Path folder) throws Exception {
        String servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 2);
        Path rules = Files.createDirectories(folder.resolve("rules/web"));
        Files.copy(Path.of("../rules/content/web/web_scan.yml"), rules.resolve("web_scan.yml"));
        WorkspaceSource source = new LiveWorkspace(
                servers, Path.of("../examples/city"), RuleFiles.read(List.of(rules), problem -> {}), 4, List.of());
        byte[] travelling = InstantiationUtil.serializeObject(source);
        ShippedFiles.delete(folder.resolve("rules"));
        WorkspaceSource arrived =
                InstantiationUtil.deserializeObject(travelling, getClass().getClassLoader());
        try (FollowedWorkspace first = arrived.follow();
                FollowedWorkspace second = arrived.follow()) {
            Workspace workspace = first.newest();
            assertThat(workspace.rules().byName()).containsKey("web_scan");
            assertThat(workspace.city().orElseThrow().sources()).containsKey("city-os-node-01");
            assertThat(second.newest()).as("one follower for all").isSameAs(workspace);
        }
    }
}
