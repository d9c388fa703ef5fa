/** An incident as a file for others: a table, and a bundle of STIX 2.1. */
package jp.hinomi.alerting.incident.export;
