package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.ProblemCode;

/** Has Esper parse a statement, and translates what it says about places. */
final class EplParser {
    private static final Pattern PLACE = Pattern.compile(" at line (\\d+)(?: column (\\d+))?");
    private static final Pattern QUOTED = Pattern.compile("'([A-Za-z_][A-Za-z0-9_.]*)");
    private static final int LONGEST_MESSAGE = 300;

    private final EplText text;
    private final Places places;
    private final Findings findings;

    EplParser(EplText text, Places places, Findings findings) {
        this.text = text;
        this.places = places;
        this.findings = findings;
    }

    /** The statement; ends with {@link Refused} if it is none. */
    EPStatementObjectModel parse(List<Token> tokens) {
        int end = text.text().length();
        if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isSign(";")) {
            end = tokens.get(tokens.size() - 1).offset();
        }
        try {
            return EPCompilerProvider.getCompiler()
                    .eplToModel(text.text().substring(0, end), EplConfiguration.of(Map.of()));
        } catch (EPCompileException e) {
            report(e, ProblemCode.EPL_SYNTAX);
            throw new Refused();
        }
    }

    void report(EPCompileException failure, ProblemCode problem) {
        String message = String.valueOf(failure.getMessage());
        Matcher place = PLACE.matcher(message);
        Location at = place.find() ? place(place) : word(message);
        // Esper quotes the whole statement at the end.
        int statement = message.lastIndexOf(" [");
        String cut = statement > 0 ? message.substring(0, statement) : message;
        String said = PLACE.matcher(cut).replaceAll("");
        findings.error(
                problem,
                at,
                said.length() > LONGEST_MESSAGE ? said.substring(0, LONGEST_MESSAGE) + "…" : said,
                problem == ProblemCode.EPL_SYNTAX
                        ? "correct it; a field whose name is a keyword goes into backticks: event.`end`"
                        : "correct it; the guide shows the types of fields");
    }

    private Location place(Matcher place) {
        int line = Integer.parseInt(place.group(1));
        int column = place.group(2) == null ? 0 : Integer.parseInt(place.group(2)); // Esper counts from 0
        int offset = 0;
        for (int i = 1; i < line; i++) {
            offset = text.text().indexOf('\n', offset) + 1;
        }
        return places.at(offset + column);
    }

    private Location word(String message) {
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find()) {
            if (places.has(quoted.group(1))) {
                return places.first(quoted.group(1));
            }
        }
        return places.start();
    }
}
