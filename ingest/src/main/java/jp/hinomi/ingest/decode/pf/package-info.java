/** Logs of pfSense and OPNsense. */
package jp.hinomi.ingest.decode.pf;
