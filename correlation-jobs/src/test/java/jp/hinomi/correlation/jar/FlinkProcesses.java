package jp.hinomi.correlation.jar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A standalone Flink cluster of separate processes, from Flink's own jars only, as an operator would run it. */
final class FlinkProcesses implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is in the lib folder of Flink's distribution, as far as this cluster needs it. */
    private static final Pattern DISTRIBUTION = Pattern.compile(
            "(flink-(?!connector-(kafka|base)|test-).*"
                    + "|commons-.*|slf4j-api-.*|logback-.*|kryo-.*|minlog-.*|objenesis-.*|reflectasm-.*|javassist-.*"
                    + "|frocksdbjni-.*|lz4-java-.*|snappy-java-.*|jsr305-.*|async-profiler-.*|snakeyaml-engine-.*)(?<!-tests)\\.jar");

    private final Path folder;
    private final int restPort;
    private final List<Process> running = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    FlinkProcesses(Path folder) throws IOException {
        this.folder = folder;
        int rpcPort;
        // Both at once, so that they differ.
        try (ServerSocket rest = new ServerSocket(0);
                ServerSocket rpc = new ServerSocket(0)) {
            restPort = rest.getLocalPort();
            rpcPort = rpc.getLocalPort();
        }
        Files.writeString(Files.createDirectories(folder.resolve("conf")).resolve("config.yaml"), """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                rest.address: 127.0.0.1
                rest.port: %d
                io.tmp.dirs: %s
                state.backend.type: rocksdb
                execution.checkpointing.dir: %s
                heartbeat.timeout: 5000
                heartbeat.interval: 1000
                taskmanager.host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 2
                taskmanager.load-balance.mode: SLOTS
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 64m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 64m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                """.formatted(
                        rpcPort,
                        restPort,
                        Files.createDirectories(folder.resolve("tmp")),
                        folder.resolve("checkpoints").toUri()));
    }

    Process startJobManager() throws IOException {
        return start(
                "jobmanager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                "--configDir",
                folder.resolve("conf").toString());
    }

    Process startTaskManager(String name) throws IOException {
        return start(
                name,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                "--configDir",
                folder.resolve("conf").toString());
    }

    /** {@code flink run -d JAR ARGS}. */
    void submit(Path jar, String... args) throws IOException, InterruptedException {
        submit(List.of(), jar, args);
    }

    /** {@code flink run -d -s SAVEPOINT JAR ARGS}. */
    void resume(String savepoint, Path jar, String... args) throws IOException, InterruptedException {
        submit(List.of("-s", savepoint), jar, args);
    }

    private void submit(List<String> options, Path jar, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-m", "127.0.0.1:" + restPort));
        command.addAll(options);
        command.add(jar.toAbsolutePath().toString());
        command.addAll(Arrays.asList(args));
        Process client = start("client", "org.apache.flink.client.cli.CliFrontend", command.toArray(String[]::new));
        if (!client.waitFor(120, TimeUnit.SECONDS) || client.exitValue() != 0) {
            throw new IllegalStateException("the job was not taken:\n" + lastWords("client", 60));
        }
    }

    /** What the REST API says about the cluster. */
    String overview() throws IOException, InterruptedException {
        return rest("/overview");
    }

    /** The id of the job that runs, or is to run again. */
    String job() throws IOException, InterruptedException {
        for (JsonNode job : JSON.readTree(rest("/jobs/overview")).get("jobs")) {
            if (!Set.of("FINISHED", "CANCELED", "FAILED")
                    .contains(job.get("state").asText())) {
                return job.get("jid").asText();
            }
        }
        throw new IllegalStateException("no job runs:\n" + rest("/jobs/overview"));
    }

    /** How many checkpoints the job has completed since it was submitted. */
    long checkpoints(String job) throws IOException, InterruptedException {
        return JSON.readTree(rest("/jobs/" + job + "/checkpoints"))
                .at("/counts/completed")
                .asLong();
    }

    /** True if every task of the job runs. */
    boolean runs(String job) throws IOException, InterruptedException {
        JsonNode overview = JSON.readTree(rest("/jobs/" + job));
        for (JsonNode vertex : overview.get("vertices")) {
            if (!vertex.get("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return overview.get("state").asText().equals("RUNNING");
    }

    /** Asks for a stop with a savepoint: {@code flink stop}. Gives the address of its progress. */
    String stop(String job) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address("/jobs/" + job + "/stop"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"drain\": false, \"targetDirectory\": \""
                                + folder.resolve("savepoints").toUri() + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return "/jobs/" + job + "/savepoints/"
                + JSON.readTree(answer.body()).get("request-id").asText();
    }

    /** Where the savepoint is, once it is complete; null before. */
    String savepoint(String progress) throws IOException, InterruptedException {
        JsonNode status = JSON.readTree(rest(progress));
        if (!status.at("/status/id").asText().equals("COMPLETED")) {
            return null;
        }
        String location = status.at("/operation/location").asText();
        if (location.isEmpty()) {
            throw new IllegalStateException("no savepoint: " + status);
        }
        return location;
    }

    private String rest(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + restPort + path);
    }

    String log(String process) throws IOException {
        return Files.readString(folder.resolve(process + ".log"));
    }

    /** The end of what a process said. */
    String lastWords(String process, int lines) {
        try {
            List<String> all = log(process).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "no log of " + process + ": " + e;
        }
    }

    private Process start(String name, String main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                // They live for seconds: what the second compiler would win costs more than all the rest.
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + logging(),
                "-cp",
                distribution(),
                main));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.resolve("conf").toString());
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Without it they would write down every request they send. */
    private Path logging() throws IOException {
        return Files.writeString(folder.resolve("conf").resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n</pattern></encoder>
                  </appender>
                  <logger name="org.apache.kafka" level="WARN"/>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private static String distribution() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> DISTRIBUTION
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }
}
