/** F5 BIG-IP. */
package jp.hinomi.ingest.decode.f5;
