/**
 * Reports of incidents: filled in from what is stored as far as the recipient may see it, edited, submitted and from then on
 * frozen, and compared with the one before.
 */
package jp.hinomi.alerting.report;
