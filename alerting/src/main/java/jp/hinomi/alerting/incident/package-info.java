/** Incidents: alerts of one story, who is a part of it, and an append-only timeline of what happened. */
package jp.hinomi.alerting.incident;
