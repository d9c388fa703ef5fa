/** What people do with an incident: judge it, give out tasks, merge and split, and who of the parties has answered. */
package jp.hinomi.alerting.incident.work;
