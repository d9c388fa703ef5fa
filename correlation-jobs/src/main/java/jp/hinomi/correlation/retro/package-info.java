/** New threat intelligence is looked up in the events of the past: follows the topic, reads {@code events}, writes alerts. */
package jp.hinomi.correlation.retro;
