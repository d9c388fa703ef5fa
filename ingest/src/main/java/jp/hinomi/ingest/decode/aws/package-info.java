/** Logs of Amazon Web Services. */
package jp.hinomi.ingest.decode.aws;
