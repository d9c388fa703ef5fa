package jp.hinomi.alerting.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a program can be told of. The words are a part of the API: one that is there keeps its meaning.
 */
public enum EventType {
    ALERT_CREATED("alert.created", About.ALERT, true, "alert.received"),
    /** More evidence, or it got worse. */
    ALERT_UPDATED("alert.updated", About.ALERT, true, "alert.updated"),
    ALERT_ACKNOWLEDGED("alert.acknowledged", About.ALERT, true, "alert.acknowledged"),
    /** Not theirs, help needed, or taken over. */
    ALERT_ANSWERED("alert.answered", About.ALERT, false, "alert.refused", "alert.help-needed", "alert.taken-over"),
    ALERT_ASSIGNED("alert.assigned", About.ALERT, false, "alert.assigned"),
    ALERT_BEGUN("alert.begun", About.ALERT, false, "alert.begun"),
    /** Closed with a verdict, or judged otherwise than before. */
    ALERT_JUDGED("alert.judged", About.ALERT, true, "alert.judged", "alert.judged-anew"),
    ALERT_REOPENED("alert.reopened", About.ALERT, true, "alert.reopened"),
    INCIDENT_OPENED("incident.opened", About.INCIDENT, true, "incident.opened"),
    /** An alert became a part of it. */
    INCIDENT_JOINED("incident.joined", About.INCIDENT, false, "incident.alert-attached"),
    INCIDENT_LEFT("incident.left", About.INCIDENT, false, "incident.alert-detached"),
    /** Anything but open or closed. */
    INCIDENT_CHANGED("incident.changed", About.INCIDENT, true, "incident.changed"),
    /** Of {@code incident.changed}: see {@link Change}. */
    INCIDENT_CLOSED("incident.closed", About.INCIDENT, true),
    INCIDENT_REOPENED("incident.reopened", About.INCIDENT, true),
    /** More restricted than it was, by its alerts or because somebody said so: whoever may still see it is told with what it is now. */
    INCIDENT_RESTRICTED("incident.restricted", About.INCIDENT, true, "incident.restricted"),
    /** The same, for whoever could see it until then and cannot any more: told of nothing but that. See {@link Subscription#hears}. */
    INCIDENT_HIDDEN("incident.hidden", About.INCIDENT, true),
    INCIDENT_JUDGED("incident.judged", About.INCIDENT, false, "incident.judged"),
    /** Told of both: the one that is closed by it, and the one that has the alerts now. */
    INCIDENT_MERGED("incident.merged", About.INCIDENT, true, "incident.merged", "incident.merged-in"),
    INCIDENT_UNMERGED("incident.unmerged", About.INCIDENT, true, "incident.unmerged"),
    INCIDENT_SPLIT("incident.split", About.INCIDENT, false, "incident.split"),
    REPORT_FILED("report.filed", About.REPORT, false, "report.submitted"),
    REPORT_CORRECTED("report.corrected", About.REPORT, false, "report.corrected"),
    REPORT_WITHDRAWN("report.withdrawn", About.REPORT, false, "report.withdrawn");

    /** What an event is about; the word stands before the colon in the audit log. */
    public enum About {
        ALERT,
        INCIDENT,
        REPORT;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String word;
    private final About about;
    private final boolean forStakeholders;
    private final Set<String> actions;

    EventType(String word, About about, boolean forStakeholders, String... actions) {
        this.word = word;
        this.about = about;
        this.forStakeholders = forStakeholders;
        this.actions = Set.of(actions);
    }

    /** As in the API and in messages: {@code alert.created}. */
    public String word() {
        return word;
    }

    public About about() {
        return about;
    }

    /** Whether it says nothing but what a stakeholder of it may know: not who works on it, nor what others answered. */
    public boolean isForStakeholders() {
        return forStakeholders;
    }

    static Optional<EventType> ofAction(String action) {
        return Arrays.stream(values())
                .filter(type -> type.actions.contains(action))
                .findFirst();
    }

    public static Optional<EventType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** Of the audit log's rows, those that may tell of something. */
    static List<String> actions() {
        return Arrays.stream(values())
                .flatMap(type -> type.actions.stream())
                .sorted()
                .toList();
    }

    /** For messages: {@code alert.created, alert.updated, …}. */
    public static String words() {
        return Arrays.stream(values()).map(EventType::word).collect(Collectors.joining(", "));
    }
}
