package jp.hinomi.rules;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.document.Problem;

/** Says which exceptions have expired or soon will. Told the time; stateless and thread-safe. */
public final class ExceptionCheck {
    /** How long before its end an exception is spoken of: enough to ask its owner whether it is still needed. */
    public static final Duration NOTICE = Duration.ofDays(14);

    private ExceptionCheck() {}

    /**
     * Warnings, in the order of the rules.
     *
     * @param now in milliseconds since the epoch
     * @param zone in which a date is a day
     */
    public static List<Problem> check(RuleSet rules, long now, ZoneId zone) {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<RuleFilter, List<String>> entry : rules.filters().entrySet()) {
            RuleFilter filter = entry.getKey();
            filter.terms().ifPresent(terms -> {
                long left = filter.ends(zone) - now;
                if (left <= 0) {
                    problems.add(ProblemCode.EXPIRED_EXCEPTION.warning(
                            filter.at(),
                            "the exception '" + filter.name() + "' of " + terms.owner() + " expired: "
                                    + terms.expires() + ", so " + String.join(", ", entry.getValue())
                                    + " alert on what it excepted",
                            "remove it, or let its owner give it a new 'expires' and say why in 'reason'"));
                } else if (left <= NOTICE.toMillis()) {
                    problems.add(ProblemCode.EXPIRING_EXCEPTION.warning(
                            filter.at(),
                            "the exception '" + filter.name() + "' of " + terms.owner() + " expires in less than "
                                    + (Duration.ofMillis(left - 1).toDays() + 1) + " days: " + terms.expires(),
                            "ask its owner whether it is still needed; what it excepts alerts from then on"));
                }
            });
        }
        return problems;
    }
}
