/** Programs outside are told what becomes of alerts, incidents and reports: who subscribed to what, and what each is sent. */
package jp.hinomi.alerting.webhook;
