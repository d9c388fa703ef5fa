/** A report as HTML, PDF, CSV and JSON. */
package jp.hinomi.alerting.report.out;
