/**
 * Formats of no product: any syslog message, any JSON object, any line. They fill what can be told without knowing the
 * sender, and are what the format {@code auto} falls back to.
 */
package jp.hinomi.ingest.decode.generic;
