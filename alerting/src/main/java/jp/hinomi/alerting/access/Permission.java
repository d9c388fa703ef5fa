package jp.hinomi.alerting.access;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that somebody may be allowed to see or do. Each page and each call of the API names the one that it needs
 * ({@link Needs}); {@link AccountRole} says who has which. The words are also the scopes of API tokens.
 */
public enum Permission {
    /** One's own password, second factor and sessions. */
    OWN_ACCOUNT("account.own"),
    /** Nothing but the second step of a login. */
    SECOND_STEP("login.second-step"),
    /** All alerts with their evidence, whomever they concern. */
    SEE_ALERTS("alerts.see"),
    /** Acknowledge, pass on, ask for help, for oneself or for a contact. */
    ANSWER_ALERTS("alerts.answer"),
    /** Verdict, assignee, closing, bulk actions. */
    JUDGE_ALERTS("alerts.judge"),
    SEE_INCIDENTS("incidents.see"),
    /** Open, join, edit; write into the timeline. */
    WORK_ON_INCIDENTS("incidents.work"),
    SEE_REPORTS("reports.see"),
    WRITE_REPORTS("reports.write"),
    /** Submit, correct and withdraw: what others rely on. */
    SUBMIT_REPORTS("reports.submit"),
    /** What was sent to whom with what result, stored messages, and what is held back. */
    SEE_MESSAGES("messages.see"),
    /** Send again, try channels out. */
    SEND_MESSAGES("messages.send"),
    /** Begin and end silences and maintenance windows. */
    HOLD_BACK("silences.write"),
    SEE_MAP("map.see"),
    /** Propose and enter changes of the responsibility map, its contacts and duty rosters. */
    CHANGE_MAP("map.write"),
    /** Put a version of the map into force. */
    APPROVE_MAP("map.approve"),
    SEE_RULES("rules.see"),
    /** Propose exceptions from rules. */
    PROPOSE_RULES("rules.propose"),
    /** Decide about changes of rules, and put them into force. */
    CHANGE_RULES("rules.write"),
    /** Sources, rejects, dead letters, escalations, alarms, the job. */
    SEE_OPERATIONS("operations.see"),
    /** Settle alarms, take or dismiss unusable records. */
    WORK_ON_OPERATIONS("operations.work"),
    /** To which programs outside changes are told. */
    SEE_WEBHOOKS("webhooks.see"),
    /** Make, change and remove webhooks: what leaves the house without anybody looking. */
    MANAGE_WEBHOOKS("webhooks.manage"),
    SEE_AUDIT("audit.see"),
    /** Make, change and disable accounts; end other people's sessions and tokens. */
    MANAGE_ACCOUNTS("accounts.manage"),
    /** A stakeholder's own part: its alerts, incidents, reports, contacts and duty roster. */
    SEE_OWN_PART("own.see"),
    /** A stakeholder answers what it was told, and writes into the timeline of its incidents. */
    ANSWER_OWN_PART("own.answer"),
    /** A stakeholder proposes changes of its own contacts and duty roster; somebody of the city approves them. */
    CHANGE_OWN_PART("own.write");

    private final String word;

    Permission(String word) {
        this.word = word;
    }

    /** The word in scopes, messages and the audit log: {@code alerts.see}. */
    public String word() {
        return word;
    }

    public static Optional<Permission> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** Whether it changes nothing that others see. */
    public boolean isReading() {
        return word.endsWith(".see");
    }
}
