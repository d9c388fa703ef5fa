/** Packets that the Linux kernel's packet filter logs. */
package jp.hinomi.ingest.decode.netfilter;
