package jp.hinomi.alerting.webhook;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * What a program wants to be told, and where.
 *
 * @param name for people: what listens there
 * @param types never empty
 * @param severity what is less bad is left out
 * @param resources ids; only what touches one of them; empty = all
 * @param stakeholder id in the map; only what it may see, without what it may not; absent = everything
 * @param tlp what is more restricted is left out
 */
public record Subscription(
        String name,
        String url,
        Set<EventType> types,
        Severity severity,
        Set<String> resources,
        Optional<String> stakeholder,
        Tlp tlp) {
    static final int NAME = 100;

    /** @throws Refused if it has no name, or no type of event */
    public Subscription {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(tlp, "tlp");
        name = name.strip();
        if (name.isEmpty() || name.length() > NAME) {
            throw new Refused(WebhookReason.NAME, NAME);
        }
        if (types.isEmpty()) {
            throw new Refused(WebhookReason.NO_EVENTS, EventType.words());
        }
        types = Collections.unmodifiableSet(EnumSet.copyOf(types));
        resources = Collections.unmodifiableSet(new TreeSet<>(resources));
    }

    /** Whether it is told of such changes at all; what it is about decides further. */
    boolean wants(Change change) {
        return (types.contains(change.type())
                        || change.restricted().isPresent() && types.contains(EventType.INCIDENT_HIDDEN))
                && (stakeholder.isEmpty() || change.isForStakeholders());
    }

    /**
     * As what a change is told. Who could see it until then and may not any more is told once, and as that only.
     *
     * @return empty if it is not told
     */
    Optional<EventType> hears(Change change, Subject subject, Optional<Tlp> clearance) {
        if (mayHearOf(subject, clearance)) {
            return Optional.of(change.type()).filter(types::contains);
        }
        return change.restricted()
                .filter(labels -> mayHearOf(subject.labelled(labels.before()), clearance)
                        && !mayHearOf(subject.labelled(labels.after()), clearance))
                .map(labels -> EventType.INCIDENT_HIDDEN)
                .filter(types::contains);
    }

    /** @param clearance the highest label that the stakeholder may see by the map now; absent = there is no bound */
    boolean mayHearOf(Subject subject, Optional<Tlp> clearance) {
        return subject.severity().compareTo(severity) >= 0
                && subject.tlp().compareTo(tlp) <= 0
                && clearance.map(most -> subject.tlp().compareTo(most) <= 0).orElse(true)
                && (resources.isEmpty() || subject.resources().stream().anyMatch(resources::contains));
    }
}
