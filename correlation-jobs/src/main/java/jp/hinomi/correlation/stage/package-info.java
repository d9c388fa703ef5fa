/** What happens to one event between decoding and correlation, and how an alert is filled: plain Java without Flink. */
package jp.hinomi.correlation.stage;
