/** The network monitor Zeek: every log that it writes by itself, as JSON or as tab-separated text. */
package jp.hinomi.ingest.decode.zeek;
