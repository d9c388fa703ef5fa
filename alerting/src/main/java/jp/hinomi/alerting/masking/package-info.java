/** Data about people in texts, fields and events, and the marks in its place: for notices, reports and exports alike. */
package jp.hinomi.alerting.masking;
