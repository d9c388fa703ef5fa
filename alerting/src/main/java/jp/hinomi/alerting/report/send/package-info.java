/** Finished reports on their way to whom they are for. */
package jp.hinomi.alerting.report.send;
