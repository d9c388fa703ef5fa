package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** {@code hinomi alerts}, {@code incidents} and {@code report} with a Hinomi that runs: everything that they can do, once. */
public final class RunningCommands {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String url;
    private final Path data;

    /** @param data folder of {@code up}, which has the token */
    public RunningCommands(URI console, Path data) {
        this.url = console.toString();
        this.data = data;
    }

    private CommandRun run(String... arguments) {
        return run(url, data, arguments);
    }

    private static CommandRun run(String url, Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url, "--data", data.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String fine(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return MAPPER.readTree(
                fine(all.toArray(String[]::new)).lines().findFirst().orElseThrow());
    }

    private void refused(CommandRun run, String... words) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(words);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
    }

    /** @param alert id of one that is there, and that others wait for no longer */
    public void everything(String alert, Path folder) throws IOException, GeneralSecurityException {
        alerts(alert);
        String incident = incidents(alert);
        reports(incident, folder);
        whatGoesWrong(folder);
    }

    private void alerts(String alert) throws IOException {
        assertThat(fine("alerts", "list")).contains("SEVERITY", alert);
        assertThat(json("alerts", "list", "--limit", "1").get("id").isTextual()).isTrue();
        assertThat(fine("alerts", "show", alert)).contains("203.0.113.77");
        assertThat(json("alerts", "show", alert).get("id").asText()).isEqualTo(alert);
        assertThat(fine("alerts", "ack", alert, "--note", "from the command line"))
                .contains(alert);
        assertThat(fine("alerts", "assign", "admin", alert)).contains("done");
        assertThat(fine("alerts", "judge", "true-positive", alert)).contains("done");
        JsonNode row = json("alerts", "show", alert);
        assertThat(row.get("assignee").asText()).isEqualTo("admin");
        assertThat(row.get("verdict").asText()).isEqualTo("true-positive");
        refused(run("alerts", "show", "none"), "There is no alert none");
        refused(run("alerts", "judge", "a-guess", alert), "is no verdict", "false-positive");
        assertThat(run("alerts", "assign", "admin").code()).isEqualTo(2);
    }

    private String incidents(String alert) throws IOException {
        JsonNode opened = json("incidents", "open", alert, "--title", "Logins \u001b[31mfrom 203.0.113.77");
        String number = opened.get("number").asText();
        assertThat(fine("incidents", "list")).contains(number).doesNotContain("\u001b");
        assertThat(fine("incidents", "edit", number, "--impact", "one account", "--severity", "high"))
                .isNotEmpty();
        assertThat(fine("incidents", "comment", number, "closed the port", "--type", "measure", "--in-report"))
                .contains(number);
        assertThat(fine("incidents", "show", number)).contains("closed the port", alert);
        assertThat(json("incidents", "show", number).get("impact").asText()).isEqualTo("one account");
        refused(run("incidents", "show", "INC-1999-0001"), "no incident INC-1999-0001");
        refused(run("incidents", "edit", number, "--severity", "bad"), "is no severity");
        return number;
    }

    private void reports(String incident, Path folder) throws IOException, GeneralSecurityException {
        assertThat(run("report", "list", incident).err()).contains("hinomi report draft");
        assertThat(run("report", "due").code()).isZero();
        JsonNode draft = json("report", "draft", incident, "cyber-incident", "--recipient", "Prefecture");
        String id = draft.get("id").asText();
        assertThat(draft.get("stage").asText()).isEqualTo("initial");
        assertThat(fine("report", "show", id)).contains("cyber-incident", "draft");
        refused(run("report", "submit", id, "--revision", "99"), "read it again");
        assertThat(fine("report", "submit", id)).contains("SHA-256");
        refused(run("report", "submit", id), "no draft any more");
        JsonNode listed = json("report", "list", incident);
        assertThat(listed.get("state").asText()).isEqualTo("submitted");
        // What was submitted says what comes next.
        assertThat(fine("report", "draft", incident, "cyber-incident", "--recipient", "Prefecture"))
                .contains("follow-up");
        Path file = folder.resolve("report.json");
        assertThat(fine("report", "download", id, "--format", "json", "-o", file.toString()))
                .contains(file.toString());
        byte[] bytes = Files.readAllBytes(file);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(listed.get("sha256").asText());
        assertThat(fine("report", "download", id, "--format", "json", "-o", "-"))
                .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(fine("report", "download", id, "--format", "html", "-o", "-"))
                .contains("<html");
        assertThat(fine("report", "download", id, "--format", "csv", "-o", "-")).startsWith("\uFEFF");
        Path pdf = folder.resolve("report.pdf");
        CommandRun asPdf = run("report", "download", id, "-o", pdf.toString());
        if (asPdf.code() == 0) {
            assertThat(Files.readAllBytes(pdf)).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
        } else {
            refused(asPdf, "font");
        }
        refused(run("report", "show", "987654"), "There is no report 987654");
        assertThat(run("report", "download", id, "--format", "docx").code()).isEqualTo(2);
    }

    private void whatGoesWrong(Path folder) throws IOException {
        Path wrong = folder.resolve("wrong");
        Files.createDirectories(wrong.resolve("secrets"));
        Files.writeString(wrong.resolve("secrets/api-token"), "hinomi_wrong_wrong_wrong_wrong\n");
        refused(run(url, wrong, "alerts", "list"), "does not accept the token", "Make one under Account");
        refused(run(url, folder.resolve("nowhere"), "alerts", "list"), "--data", "HINOMI_API_TOKEN");
        refused(run("http://127.0.0.1:1", data, "report", "due"), "nobody listens there", "--url");
        refused(run("http://no-such-host.invalid", data, "incidents", "list"), "no host no-such-host.invalid");
    }
}
