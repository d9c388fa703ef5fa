package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;

/** What is different between two versions of the map, as the API says it. */
final class MapChanges {
    private MapChanges() {}

    static void print(Context context, JsonNode changes) {
        PrintStream out = context.terminal().out();
        if (changes.isEmpty()) {
            out.println(context.texts().get("city.version.same"));
        }
        for (JsonNode change : changes) {
            String what = change.path("what").asText().toLowerCase(Locale.ROOT);
            String line = (what.equals("added") ? "+ " : what.equals("removed") ? "- " : "~ ")
                    + change.path("kind").asText().toLowerCase(Locale.ROOT) + " "
                    + change.path("id").asText();
            out.println(
                    what.equals("added")
                            ? context.terminal().green(line)
                            : what.equals("removed")
                                    ? context.terminal().red(line)
                                    : context.terminal().yellow(line));
            for (JsonNode field : change.path("fields")) {
                String before = field.path("before").asText();
                String after = field.path("after").asText();
                out.println("    " + field.path("name").asText() + ": "
                        + (before.isEmpty() ? after : after.isEmpty() ? before : before + " → " + after));
            }
        }
    }
}
