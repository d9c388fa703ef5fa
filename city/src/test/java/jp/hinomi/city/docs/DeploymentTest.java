package jp.hinomi.city.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container files agree with the build and with themselves, and carry no secret. */
class DeploymentTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(HINOMI_[A-Z_]+)(:[-?][^}]*)?}");

    private String text;
    private Node.Mapping services;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Guide.HOME.resolve("docker-compose.yml"));
        List<Problem> problems = new ArrayList<>();
        Node.Mapping compose = (Node.Mapping)
                YamlReader.read("docker-compose.yml", text, problems::add).get(0);
        assertThat(problems).isEmpty();
        services = (Node.Mapping) compose.get("services");
    }

    @Test
    void everyServiceHasAHealthCheckAndIsRestarted() {
        assertThat(services.names())
                .containsExactlyInAnyOrder(
                        "kafka", "postgres", "receivers", "intel-retro", "jobmanager", "taskmanager", "alerting");
        services.entries().forEach((name, service) -> {
            Node.Mapping mapping = (Node.Mapping) service;
            assertThat(mapping.has("healthcheck")).as(name).isTrue();
            assertThat(mapping.has("restart") || mapping.has("<<")).as(name).isTrue();
        });
    }

    @Test
    void imagesHaveTheVersionsOfTheBuildAndNoRegistry() throws IOException {
        String pom = Files.readString(Guide.HOME.resolve("pom.xml"));
        String flink = Files.readString(Guide.HOME.resolve("deploy/flink/Containerfile"));

        assertThat(text).contains("image: apache/kafka:" + property(pom, "kafka.version") + "\n");
        assertThat(text)
                .contains("image: postgres:"
                        + property(pom, "postgres-binaries.version").split("\\.")[0] + "\n");
        assertThat(flink).contains("FROM flink:" + property(pom, "flink.version") + "-java17\n");
        assertThat(text.lines().filter(line -> line.strip().startsWith("image:")))
                .noneMatch(line -> line.matches(".*image: [^/]*[.:][^/]*/.*"));
    }

    @Test
    void secretsHaveNoDefaultAndWhatIsNeededIsAskedFor() {
        Matcher matcher = VARIABLE.matcher(text);
        Map<String, String> defaults = new java.util.TreeMap<>();
        while (matcher.find()) {
            defaults.merge(matcher.group(1), String.valueOf(matcher.group(2)), (one, two) -> one);
        }

        assertThat(defaults).hasSizeGreaterThan(10);
        defaults.forEach((name, value) -> {
            if (name.matches(".*(PASSWORD|TOKEN|SECRET)")) {
                assertThat(value).as(name).matches(":-|:\\?.+");
            }
        });
        assertThat(defaults.get("HINOMI_DATABASE_PASSWORD")).startsWith(":?");
        assertThat(defaults.get("HINOMI_INGEST_TOKEN")).startsWith(":?");
        assertThat(text).doesNotContainPattern("(?i)(password|token|secret): *[A-Za-z0-9]");
    }

    @Test
    void theExampleOfTheEnvironmentNamesEveryVariableAndNoSecret() throws IOException {
        Map<String, String> example = Files.readString(Guide.HOME.resolve("deploy/env.example"))
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1]));
        TreeSet<String> used = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            used.add(matcher.group(1));
        }

        assertThat(new TreeSet<>(example.keySet())).isEqualTo(used);
        example.forEach((name, value) -> {
            if (name.matches(".*(PASSWORD|TOKEN|SECRET)")) {
                assertThat(value).as(name).isEmpty();
            }
        });
    }

    /**
     * The script that starts the job, between a Java that knows a checkpoint or none and an entry point that prints what it
     * is told. Failed without --allowNonRestoredState: removing the last rule of a kind kept the job from starting.
     */
    @Test
    void theJobResumesAndLeavesStateOfRulesBehindThatAreGone(@TempDir Path folder) throws Exception {
        Path java = program(folder.resolve("java"), "case $3 in *NewestCheckpoint) echo \"$CHECKPOINT\";; esac");
        assertThat(java.getParent()).isEqualTo(folder);
        program(folder.resolve("entrypoint"), "printf '%s\\n' \"$@\"");
        assertThat(startJob(folder, "/opt/flink/checkpoints/a/chk-7"))
                .contains("standalone-job")
                .containsSubsequence("--fromSavepoint", "/opt/flink/checkpoints/a/chk-7", "--allowNonRestoredState");
        assertThat(startJob(folder, "")).contains("standalone-job", "/rules").doesNotContain("--fromSavepoint");
    }

    private static Path program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static List<String> startJob(Path folder, String checkpoint) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", Guide.HOME.resolve("deploy/flink/start-job").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("CHECKPOINT", checkpoint);
        builder.environment()
                .put("HINOMI_ENTRYPOINT", folder.resolve("entrypoint").toString());
        builder.environment().put("HINOMI_KAFKA", "kafka:9092");
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    private static String property(String pom, String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }
}
