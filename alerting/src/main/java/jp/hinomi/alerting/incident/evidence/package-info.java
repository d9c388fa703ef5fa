/** Files that belong to an incident: kept as they came, with their hash, and given to whom they were meant for. */
package jp.hinomi.alerting.incident.evidence;
