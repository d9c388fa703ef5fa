/** Logs of Yamaha's routers. */
package jp.hinomi.ingest.decode.yamaha;
