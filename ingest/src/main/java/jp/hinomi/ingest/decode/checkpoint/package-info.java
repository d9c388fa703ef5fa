/** Logs that Check Point's Log Exporter sends. */
package jp.hinomi.ingest.decode.checkpoint;
