/** Source clocks: what a source's records say about its clock, its cadence and its rejects. Plain Java without a clock of its own. */
package jp.hinomi.ingest.clock;
