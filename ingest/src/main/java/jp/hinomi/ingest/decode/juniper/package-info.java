/** Logs of Juniper's SRX firewalls. */
package jp.hinomi.ingest.decode.juniper;
