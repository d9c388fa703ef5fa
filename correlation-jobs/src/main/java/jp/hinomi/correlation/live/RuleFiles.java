package jp.hinomi.correlation.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;

/** Rule files as records. Stateless and thread-safe. */
public final class RuleFiles {
    private RuleFiles() {}

    /** The documents of files, and of the rule files below folders; what cannot be read goes to the problems. */
    public static List<RuleRecord> read(List<Path> paths, Consumer<Problem> problems) {
        List<RuleRecord> records = new ArrayList<>();
        for (Path file : RuleReader.files(paths, problems)) {
            records.addAll(documents(file, problems));
        }
        return records;
    }

    /** @param unreadable receives what keeps the file or one of its documents from being taken over at all */
    static List<RuleRecord> documents(Path file, Consumer<Problem> unreadable) {
        String name = file.toString();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return RuleDocumentTexts.of(
                    new RuleSource(name, text.startsWith("\uFEFF") ? text.substring(1) : text), unreadable);
        } catch (CharacterCodingException e) {
            unreadable.accept(
                    Problem.error(Location.ofFile(name), "not-utf8", "the file is not UTF-8", "save it as UTF-8"));
        } catch (IOException e) {
            unreadable.accept(Problem.error(
                    Location.ofFile(name),
                    "unreadable",
                    "cannot read the file: " + e.getMessage(),
                    "check that it exists and may be read"));
        }
        return List.of();
    }
}
