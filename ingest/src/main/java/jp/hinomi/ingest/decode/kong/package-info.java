/** The API gateway Kong. */
package jp.hinomi.ingest.decode.kong;
