/** Flink in this process. */
package jp.hinomi.correlation.cluster;
