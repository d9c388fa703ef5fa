package jp.hinomi.city;

import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;

/**
 * What a city that is in force already may go on with, because alerts matter more than its mistake, and what nobody may write anew.
 * Reading only warns of it; checks and drafts of the map refuse it. Stateless and thread-safe.
 */
final class Tolerated {
    private static final String UNSIGNED = "unsigned-webhook";
    private static final Set<String> CODES = Set.of(UNSIGNED);

    private Tolerated() {}

    static Problem unsignedWebhook(Location at) {
        return Problem.warning(
                at,
                UNSIGNED,
                "the receiver of this webhook cannot tell Hinomi's posts from anybody's",
                "add 'secret: env:NAME' and give the receiver the same key; where it cannot check signatures write"
                        + " 'unsigned: true'");
    }

    /** The warning as whoever writes a city hears it. */
    static Problem strict(Problem warning) {
        return CODES.contains(warning.code())
                ? new Problem(
                        warning.file(),
                        warning.line(),
                        warning.column(),
                        Problem.Level.ERROR,
                        warning.code(),
                        warning.message(),
                        warning.remedy())
                : warning;
    }

    static long count(List<Problem> warnings) {
        return warnings.stream().map(Tolerated::strict).filter(Problem::isError).count();
    }

    /** @throws ProblemsException with those of the warnings that are errors in what is written anew */
    static void refuse(List<Problem> warnings) {
        throw new ProblemsException(warnings.stream()
                .map(Tolerated::strict)
                .filter(Problem::isError)
                .toList());
    }
}
