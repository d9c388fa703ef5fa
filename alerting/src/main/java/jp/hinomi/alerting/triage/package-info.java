/** What analysts make of alerts: who works on which, how each was judged, and steps for many at once. */
package jp.hinomi.alerting.triage;
