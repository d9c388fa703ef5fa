/** An incident as a file for others, cut down to what they may see: a table, STIX 2.1, JSON and PDF. */
package jp.hinomi.alerting.incident.export;
