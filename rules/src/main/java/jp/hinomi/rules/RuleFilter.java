package jp.hinomi.rules;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.detection.Expression;

/**
 * What is excepted from the matches of a detection (Sigma filters specification). What an event that the rule's condition
 * holds for and a filter covers is, is a suppressed match: it neither alerts nor goes to a correlation, but it is counted.
 *
 * @param name the {@code name} key, else the id, else the title; with its place if another filter has that too
 * @param title by language; at least one
 * @param exception covers what is excepted
 * @param terms of an exception that somebody answers for; empty for a filter that is part of its pack, as Sigma has them
 */
public record RuleFilter(
        String name, Map<String, String> title, Expression exception, Optional<Terms> terms, Location at) {
    /**
     * Our extension: what makes a filter an exception of the city.
     *
     * @param owner who answers for it: a stakeholder, a contact, a mail address or a team
     * @param reason by language; at least one
     */
    public record Terms(String owner, Map<String, String> reason, Expiry expires) {
        public Terms {
            Objects.requireNonNull(expires, "expires");
            reason = Map.copyOf(reason);
            if (owner.isBlank() || reason.isEmpty()) {
                throw new IllegalArgumentException("an exception without owner or reason");
            }
        }

        /** The reason in that language, else in English, else in any. */
        public String reason(String language) {
            String text = reason.getOrDefault(language, reason.get("en"));
            return text != null ? text : reason.values().iterator().next();
        }
    }

    public RuleFilter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(exception, "exception");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(at, "at");
        title = Map.copyOf(title);
    }

    /** The same, counted under another name. */
    public RuleFilter withName(String other) {
        return new RuleFilter(other, title, exception, terms, at);
    }

    /** The first millisecond of event time that it no longer covers; {@code Long.MAX_VALUE} without expiry. */
    public long ends(ZoneId zone) {
        return terms.map(each -> each.expires().ends(zone)).orElse(Long.MAX_VALUE);
    }

    /** Whether the event is excepted: evaluated directly, without any index. */
    public boolean covers(SecurityEvent event, ZoneId zone) {
        return event.correlationMillis() < ends(zone) && exception.holds(event);
    }
}
