package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import jp.hinomi.city.CityPhrases;
import jp.hinomi.events.document.Problem;

/** Prints what is wrong with documents, for people or as one JSON object per line. */
final class Problems {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Problems() {}

    /** @return 1 if one of them is an error, else 0 */
    static int print(Context context, List<Problem> problems, boolean json) {
        for (Problem problem : problems) {
            Problem told = translated(context, problem);
            context.terminal().out().println(json ? toJson(told) : text(context, told));
        }
        return problems.stream().anyMatch(Problem::isError) ? 1 : 0;
    }

    /** Message and remedy in the language of the user, where somebody has translated them. */
    static Problem translated(Context context, Problem problem) {
        return CityPhrases.in(context.texts().locale().getLanguage(), problem);
    }

    /** {@code stakeholders.yaml:12:5: warning: … — remedy [code]}, with the severity in the language of the user. */
    static String text(Context context, Problem told) {
        String word = told.severity().word();
        return told.toString()
                .replaceFirst(": " + word + ": ", ": " + context.texts().get("check.severity." + word) + ": ");
    }

    /** The problem as one object. */
    static ObjectNode json(Problem problem) {
        return MAPPER.createObjectNode()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .put("code", problem.code())
                .put("message", problem.message())
                .put("remedy", problem.remedy());
    }

    private static String toJson(Problem problem) {
        try {
            return MAPPER.writeValueAsString(json(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
