/** What cannot wait at its sender waits here: datagrams on the disk, in order, until Kafka takes them. Knows no Kafka. */
package jp.hinomi.ingest.spool;
