/** The load balancer HAProxy. */
package jp.hinomi.ingest.decode.haproxy;
