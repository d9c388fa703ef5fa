package jp.hinomi.alerting.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.rules.Rule;

/**
 * An exception that somebody is putting together from an alert.
 *
 * @param rule absent if it is not among those that the job runs
 * @param events of the alert that are kept, in the order of time
 * @param event whose values are chosen from; absent if the alert has no evidence
 * @param choices values of the event, the chosen ones first
 * @param chosen those of them that it must have
 */
public record ExceptionDraft(
        String alert,
        String ruleId,
        String ruleName,
        Optional<Rule> rule,
        List<Event> events,
        Optional<Event> event,
        List<Choice> choices,
        List<Choice> chosen) {
    public record Event(String id, Instant at) {}

    public ExceptionDraft {
        events = List.copyOf(events);
        choices = List.copyOf(choices);
        chosen = List.copyOf(chosen);
    }
}
