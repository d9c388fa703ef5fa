/** What a stakeholder sees and does: its own part, within the rows that PostgreSQL lets it read. */
package jp.hinomi.alerting.own;
