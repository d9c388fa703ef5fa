/** How the job reads and writes Kafka, and what it learns from it about time. */
package jp.hinomi.correlation.kafka;
