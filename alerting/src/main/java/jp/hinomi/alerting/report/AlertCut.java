package jp.hinomi.alerting.report;

import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Tlp;

/** What a message to a stakeholder would show of an alert, so that reports and exports show the same. */
@FunctionalInterface
public interface AlertCut {
    /**
     * Without the evidence and the indicators of others, masked as the city masks.
     *
     * @param stakeholder its id
     * @param scope what of the alert concerns it
     */
    Alert of(String alert, String stakeholder, Scope scope, Tlp clearance);
}
