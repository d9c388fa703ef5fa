package jp.hinomi.rules.lifecycle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.taxonomy.Edit;
import jp.hinomi.rules.taxonomy.EditedText;

/** Writes another {@code status}, and when that was, into the text of a rule; every other character stays as its author wrote it. */
public final class StatusEdit {
    private static final Set<String> NAMES = Set.of("title", "title_ja", "id", "name");

    private final String file;
    private final String text;
    private final Node.Mapping document;
    private final List<Edit> edits = new ArrayList<>();

    private StatusEdit(String file, String text, Node.Mapping document) {
        this.file = file;
        this.text = text;
        this.document = document;
    }

    /**
     * @param file for places in messages
     * @param text of the whole file
     * @param rule where the rule's document begins
     * @throws IllegalArgumentException if the text cannot be edited so; the message says where and what to do
     */
    public static String of(String file, String text, Location rule, String status, LocalDate modified) {
        StatusEdit edit = new StatusEdit(file, text, document(file, text, rule));
        edit.set("status", status, NAMES, Set.of());
        edit.set("modified", modified.toString(), Set.of("date", "status"), NAMES);
        String edited = new EditedText(text).with(edit.edits);
        Node.Mapping after = document(file, edited, rule);
        if (!word(after, "status").equals(status) || !word(after, "modified").equals(modified.toString())) {
            throw new IllegalArgumentException(
                    file + ":" + rule.line() + ": the status cannot be written there: write 'status: " + status
                            + "' and 'modified: " + modified + "' yourself, as lines of their own");
        }
        return edited;
    }

    private static Node.Mapping document(String file, String text, Location rule) {
        return YamlReader.read(file, text, problem -> {}).stream()
                .filter(node -> node.at().line() == rule.line())
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ":" + rule.line() + ": there is no rule any more: the file was changed meanwhile"));
    }

    private static String word(Node.Mapping document, String key) {
        return document.get(key) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /**
     * @param before keys after the last of which it is written if it is not there
     * @param otherwise those after which it is written if there is none of these either
     */
    private void set(String key, String value, Set<String> before, Set<String> otherwise) {
        if (document.get(key) instanceof Node.Scalar scalar && !scalar.isNull()) {
            Edit edit = new Edit(scalar.at(), scalar.text(), value);
            if (scalar.at().line() != document.keyAt(key).line()
                    || new EditedText(text).misplaced(List.of(edit)).isPresent()) {
                throw new IllegalArgumentException(file + ":" + scalar.at().line() + ": '" + key
                        + "' is not written as a plain word there: write '" + key + ": " + value + "' yourself");
            }
            edits.add(edit);
            return;
        }
        Location place = document.has(key)
                ? null // written, but empty or no word
                : after(before).or(() -> after(otherwise)).map(document::keyAt).orElse(null);
        if (place == null || place.column() != 1) {
            throw new IllegalArgumentException(file + ":" + document.at().line() + ": there is no place for '" + key
                    + "' in the rule: write '" + key + ": " + value + "' yourself, as a line of its own");
        }
        insert(place, key + ": " + value + (text.contains("\r\n") ? "\r\n" : "\n"));
    }

    /** Several lines at one place stand in the order in which they were written. */
    private void insert(Location place, String line) {
        Edit last = edits.isEmpty() ? null : edits.get(edits.size() - 1);
        if (last != null && last.old().isEmpty() && last.at().equals(place)) {
            edits.set(edits.size() - 1, new Edit(place, "", last.replacement() + line));
        } else {
            edits.add(new Edit(place, "", line));
        }
    }

    /** The key that stands after the last of these, or that one if none does. */
    private Optional<String> after(Set<String> keys) {
        List<String> names = List.copyOf(document.names());
        int last = -1;
        for (int i = 0; i < names.size(); i++) {
            if (keys.contains(names.get(i))) {
                last = i;
            }
        }
        return last < 0 ? Optional.empty() : Optional.of(names.get(Math.min(last + 1, names.size() - 1)));
    }
}
