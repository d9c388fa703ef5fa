package jp.hinomi.ingest.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer in a process of its own: it rewrites the classes that it watches, and stops the process at the first finding.
 *
 * @param target class with {@code public static void fuzzerTestOneInput(byte[])}
 * @param corpus folder of inputs to begin with; what reaches new code is added
 * @param findings folder into which an input is written that fails
 * @param words that are put into inputs, such as names of keys; may be empty
 * @param settings system properties of the process, for a target that does one of several things
 */
public record Fuzzing(
        Class<?> target, Path corpus, Path findings, Collection<String> words, Map<String, String> settings) {
    /** For a longer search: {@code -Dhinomi.fuzz.seconds=600}. */
    private static final String SECONDS = "hinomi.fuzz.seconds";

    private static final Pattern LAST_LINE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");
    private static final Duration START_AND_END = Duration.ofMinutes(5);

    /** Most of a shorter run is the start; in a longer one the slower compiler pays. */
    private static final Duration SHORT = Duration.ofSeconds(60);

    public Fuzzing(Class<?> target, Path corpus, Path findings) {
        this(target, corpus, findings, List.of(), Map.of());
    }

    /**
     * How it ended.
     *
     * @param runs inputs tried; 0 if it was stopped by a finding
     * @param coverage places in the code that were reached; 0 if it was stopped by a finding
     */
    public record Outcome(int exitCode, long runs, int coverage, String log) {
        public boolean found() {
            return exitCode != 0;
        }
    }

    /** How long to search: as the caller says, unless the build asks for longer. */
    public static Duration duration(Duration usual) {
        return Duration.ofSeconds(Long.getLong(SECONDS, usual.toSeconds()));
    }

    /** Where findings and the corpus of long searches stay. */
    public static Path folder(String name) throws IOException {
        return Files.createDirectories(Path.of("target", "fuzz", name).toAbsolutePath());
    }

    public Outcome run(Duration time, int longestInput) throws IOException, InterruptedException {
        Path log = Files.createTempFile("fuzz", ".log");
        Path dictionary = Files.createTempFile("fuzz", ".dict");
        Files.write(dictionary, FuzzWords.entries(words));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (time.compareTo(SHORT) < 0 ? 1 : 4),
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Dfile.encoding=UTF-8"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=jp.hinomi.**",
                "--custom_hook_includes=jp.hinomi.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + time.toSeconds(),
                "-max_len=" + longestInput,
                "-timeout=60",
                "-rss_limit_mb=0"));
        if (!words.isEmpty()) {
            command.add("-dict=" + dictionary); // libFuzzer takes no empty one
        }
        command.add(corpus.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(time.plus(START_AND_END).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the fuzzer has not ended; its log: " + Files.readString(log));
            }
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            Matcher last = LAST_LINE.matcher(text);
            return last.find()
                    ? new Outcome(
                            process.exitValue(), Long.parseLong(last.group(1)), Integer.parseInt(last.group(2)), text)
                    : new Outcome(process.exitValue(), 0, 0, text);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(log);
            Files.deleteIfExists(dictionary);
        }
    }
}
