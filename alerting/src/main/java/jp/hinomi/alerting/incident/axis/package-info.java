/** The timeline of an incident as it is looked at: a window on it, what is in there, and how that is drawn. */
package jp.hinomi.alerting.incident.axis;
