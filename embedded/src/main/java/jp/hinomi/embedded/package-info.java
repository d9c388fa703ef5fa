/**
 * The real Kafka broker and the real PostgreSQL on this machine, without containers: for {@code hinomi up} and for tests.
 * Both keep their data in a folder, listen on loopback only, and resume where they stopped.
 */
package jp.hinomi.embedded;
