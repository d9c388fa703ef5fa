/** Logs of OpenTelemetry. */
package jp.hinomi.ingest.decode.otlp;
