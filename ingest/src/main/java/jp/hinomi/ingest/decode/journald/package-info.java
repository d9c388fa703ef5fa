/** The journal of systemd. */
package jp.hinomi.ingest.decode.journald;
