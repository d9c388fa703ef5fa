/**
 * The demonstration: an hour of the example city in a minute, with three attacks in it. Lines are made from a seed, stamped
 * with the present when they are sent, and take the way that real logs take: syslog and HTTP into the receivers.
 */
package jp.hinomi.standalone.demo;
