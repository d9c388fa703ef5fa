package jp.hinomi.alerting.access;

import static jp.hinomi.alerting.access.Permission.*;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an account is for, and with that all it may see and do: the table of permissions. */
public enum AccountRole {
    /** Keeps the system and its accounts; may do everything but speak for a stakeholder. */
    ADMIN("admin", EnumSet.complementOf(EnumSet.of(SECOND_STEP, SEE_OWN_PART, ANSWER_OWN_PART, CHANGE_OWN_PART))),
    /** Runs incidents, answers for reports and for the map. */
    CSIRT_LEAD(
            "csirt-lead",
            EnumSet.complementOf(EnumSet.of(
                    SECOND_STEP, MANAGE_ACCOUNTS, MANAGE_WEBHOOKS, SEE_OWN_PART, ANSWER_OWN_PART, CHANGE_OWN_PART))),
    /** Triages alerts and works on incidents. */
    ANALYST(
            "analyst",
            EnumSet.of(
                    OWN_ACCOUNT,
                    SEE_ALERTS,
                    ANSWER_ALERTS,
                    JUDGE_ALERTS,
                    SEE_INCIDENTS,
                    WORK_ON_INCIDENTS,
                    SEE_REPORTS,
                    WRITE_REPORTS,
                    SEE_MESSAGES,
                    SEND_MESSAGES,
                    HOLD_BACK,
                    SEE_MAP,
                    SEE_RULES,
                    PROPOSE_RULES,
                    SEE_OPERATIONS,
                    WORK_ON_OPERATIONS)),
    /** Writes rules, from what alerts show and how they were judged. */
    RULE_AUTHOR("rule-author", EnumSet.of(OWN_ACCOUNT, SEE_ALERTS, SEE_MAP, SEE_RULES, PROPOSE_RULES, CHANGE_RULES)),
    /** Connects other systems: what they are told it may see itself. */
    INTEGRATOR(
            "integrator",
            EnumSet.of(
                    OWN_ACCOUNT,
                    SEE_ALERTS,
                    SEE_INCIDENTS,
                    SEE_REPORTS,
                    SEE_MESSAGES,
                    SEE_MAP,
                    SEE_WEBHOOKS,
                    MANAGE_WEBHOOKS)),
    /** Sees everything and changes nothing. */
    AUDITOR("auditor", reading()),
    /** Speaks for one stakeholder of the map, and sees that stakeholder's part alone. */
    STAKEHOLDER("stakeholder", EnumSet.of(OWN_ACCOUNT, SEE_OWN_PART, ANSWER_OWN_PART, CHANGE_OWN_PART));

    private final String word;
    private final Set<Permission> permissions;

    AccountRole(String word, EnumSet<Permission> permissions) {
        this.word = word;
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    private static EnumSet<Permission> reading() {
        EnumSet<Permission> reading = EnumSet.of(OWN_ACCOUNT);
        Arrays.stream(Permission.values()).filter(Permission::isReading).forEach(reading::add);
        reading.remove(SEE_OWN_PART);
        return reading;
    }

    /** The word in the database, the API and the claims of an OpenID provider: {@code csirt-lead}. */
    public String word() {
        return word;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public static Optional<AccountRole> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** For messages: {@code admin, csirt-lead, ...}. */
    public static String words() {
        return Arrays.stream(values()).map(AccountRole::word).collect(Collectors.joining(", "));
    }
}
