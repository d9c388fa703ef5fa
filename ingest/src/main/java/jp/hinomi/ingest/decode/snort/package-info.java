/** The intrusion detection system Snort, versions 2.9 and 3. */
package jp.hinomi.ingest.decode.snort;
