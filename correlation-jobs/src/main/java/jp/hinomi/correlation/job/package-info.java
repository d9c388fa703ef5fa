/** The Flink job and its operators; what they decide is in {@code engine} and {@code stage}. */
package jp.hinomi.correlation.job;
