package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Task managers do not have the folders of whoever submitted the job. */
class ShippedFilesTest {
    @Test
    void cityAndRulesTravelWithTheJob(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules/web"));
        Files.copy(Path.of("../rules/content/web/web_scan.yml"), rules.resolve("web_scan.yml"));
        WorkspaceSource source = new ShippedWorkspace(Path.of("../examples/city"), List.of(folder.resolve("rules")));
        byte[] travelling = InstantiationUtil.serializeObject(source);
        ShippedFiles.delete(folder.resolve("rules"));
        WorkspaceSource arrived =
                InstantiationUtil.deserializeObject(travelling, getClass().getClassLoader());
        Workspace workspace = arrived.workspace();
        assertThat(workspace.rules().byName()).containsKey("web_scan");
        assertThat(workspace.city().orElseThrow().sources()).containsKey("city-os-node-01");
        assertThat(arrived.workspace()).as("read once").isSameAs(workspace);
    }
}
