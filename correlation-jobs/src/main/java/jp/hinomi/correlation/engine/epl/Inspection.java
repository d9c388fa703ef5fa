package jp.hinomi.correlation.engine.epl;

import java.util.Map;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/** What the parts of one check share. */
record Inspection(Map<String, EplStream> streams, EventFields fields, Places places, Findings findings, long timespan) {

    void refuse(ProblemCode problem, String word, String message, String remedy) {
        findings.error(problem, places.next(word), message, remedy);
    }

    void refuse(ProblemCode problem, Location at, String message, String remedy) {
        findings.error(problem, at, message, remedy);
    }

    /** The listed rule of that name, or null after reporting. */
    EplStream stream(String written) {
        Location at = places.next(written);
        EplStream stream = streams.get(Scope.bare(written));
        if (stream == null) {
            findings.error(
                    ProblemCode.EPL_STREAM,
                    at,
                    "'" + written + "' is not one of the listed rules",
                    jp.hinomi.events.document.Suggestion.remedy(Scope.bare(written), streams.keySet()));
        }
        return stream;
    }

    /** Reports a tag, alias or parameter that would hide fields. */
    void alias(String written) {
        String name = Scope.bare(written);
        Location at = places.next(written);
        if (Tokens.RESERVED.contains(name) || EventFields.isFirstWord(name)) {
            refuse(
                    ProblemCode.EPL_PROPERTY,
                    at,
                    "'" + name + "' is the beginning of a field's name, so it cannot name an event",
                    "choose another name, such as a");
        }
    }

    /** Reports a length of time that is longer than the timespan. */
    void within(long millis, Location at, String what) {
        if (millis > timespan) {
            findings.error(
                    ProblemCode.EPL_LONGER_THAN_TIMESPAN,
                    at,
                    what + " lasts " + seconds(millis) + ", and the timespan is " + seconds(timespan)
                            + ": after a restart the rest would be missing",
                    "make 'timespan' at least as long, or this shorter");
        }
    }

    private static String seconds(long millis) {
        return java.math.BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }
}
