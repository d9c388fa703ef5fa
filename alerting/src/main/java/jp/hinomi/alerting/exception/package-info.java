/** Exceptions from rules, as people and verdicts ask for them, written as the Sigma filters that the engine reads. */
package jp.hinomi.alerting.exception;
