/**
 * Fixtures for tests: Kafka, PostgreSQL, an SMTP server and a browser. All of them are real. Kafka and PostgreSQL run in
 * containers where Docker answers and beside the test otherwise; a test cannot tell the difference.
 */
package jp.hinomi.testing;
