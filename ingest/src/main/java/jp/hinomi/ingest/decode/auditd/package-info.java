/** Records of the Linux audit system. */
package jp.hinomi.ingest.decode.auditd;
