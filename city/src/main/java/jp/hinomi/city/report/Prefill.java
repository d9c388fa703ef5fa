package jp.hinomi.city.report;

/** What a field of a report is filled with from what is stored, before a person looks at it. */
public enum Prefill {
    INCIDENT_NUMBER,
    INCIDENT_TITLE,
    INCIDENT_SEVERITY,
    INCIDENT_STATUS,
    INCIDENT_IMPACT,
    /** When it began, as far as the alerts show. */
    INCIDENT_BEGAN,
    /** When the first alert was raised. */
    INCIDENT_DETECTED,
    /** When the city came to know of it: deadlines count from there. */
    INCIDENT_AWARE,
    /** The last that the alerts show of it. */
    INCIDENT_LAST,
    CIRCUMSTANCES,
    /** One line per alert. */
    ALERTS,
    /** How many alerts, events and kept pieces of evidence. */
    EVIDENCE_COUNT,
    /** What was hit, one line each. */
    RESOURCES,
    /** Who answers for what was hit, one line each. */
    RESPONSIBLE,
    /** What threat intelligence knows of it, one line each. */
    INDICATORS,
    /** Addresses that it came from, by what the alerts are about. */
    ATTACK_SOURCES,
    /** Entries of the timeline that are marked for reports. */
    TIMELINE,
    /** Those of them that are measures. */
    MEASURES,
    /** Who was told, when and over what. */
    TOLD,
    /** Who answered, when and with what note. */
    ANSWERED,
    /** The city. */
    REPORTER,
    /** Where the city's first desk is reached. */
    REPORTER_CONTACT,
    /** Whom the report goes to. */
    RECIPIENT;

    /** The word in files: {@code incident-title}. */
    public String word() {
        return Words.of(this);
    }
}
