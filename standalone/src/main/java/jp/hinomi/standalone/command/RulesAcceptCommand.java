package jp.hinomi.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.RulePublisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hinomi rules accept}: puts an exception that was approved in the console among the rules. The console has neither the
 * files of a pack nor the key that signs it; whoever has both runs this.
 */
@Command(name = "accept", mixinStandardHelpOptions = true)
final class RulesAcceptCommand extends ApiCommand {
    private static final String APPROVED = "approved";

    @Mixin
    private PublishOptions publishing = new PublishOptions();

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Parameters(index = "0", paramLabel = "PROPOSAL")
    private long number;

    @Parameters(index = "1", paramLabel = "DIR")
    private Path folder;

    RulesAcceptCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        List<Path> paths = List.of(folder);
        Pack pack = publishing.pack(context(), paths, false);
        JsonNode proposal = api.get("/api/v1/rules/proposals/" + number);
        String state = proposal.path("state").asText();
        if (!state.equals(APPROVED)) {
            throw new IOException(text("accept.not-approved", number, state));
        }
        String text = proposal.path("text").asText();
        if (!sha256(text).equals(proposal.path("sha256").asText())) {
            throw new IOException(text("accept.changed", number));
        }
        Path file = file(proposal.path("name").asText(), text);
        boolean made = write(file, text);
        boolean done = false;
        try {
            String label = "";
            if (bootstrapServers != null) {
                RulePublisher.Outcome outcome =
                        publishing.publish(context(), bootstrapServers, pack, paths, comment(proposal));
                int code = publishing.print(context(), outcome, bootstrapServers, json());
                if (code != 0 || publishing.dryRun()) {
                    return code;
                }
                label = outcome.publication().map(Publication::label).orElse("");
            } else if (publishing.dryRun()) {
                line(text);
                return 0;
            }
            // It is in force, or will be: from here on the file stays, whatever the console answers.
            done = true;
            ObjectNode said = body().put("sha256", sha256(text)).put("publication", label);
            api.post("/api/v1/rules/proposals/" + number + "/accepted", said.toString());
            context()
                    .terminal()
                    .err()
                    .println(label.isEmpty() ? text("accept.written", file) : text("accept.published", file, label));
            return 0;
        } finally {
            if (made && !done) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path file(String name, String text) throws IOException {
        if (!name.matches("[a-z0-9_]{1,100}")) {
            throw new IOException(text("accept.changed", number));
        }
        Path file = folder.resolve(name + ".yml");
        if (Files.exists(file) && !Files.readString(file).equals(text)) {
            throw new IOException(text("accept.other-file", file));
        }
        return file;
    }

    /** @return whether it was not there before */
    private static boolean write(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Files.writeString(file, text);
        return true;
    }

    private static String comment(JsonNode proposal) {
        return "proposal " + proposal.path("id").asLong() + " of "
                + proposal.path("made_by").asText() + ", approved by "
                + proposal.path("decided_by").asText();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
