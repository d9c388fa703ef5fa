/**
 * Threat intelligence: indicators, the index that finds them in events, and what a match adds to an event. Sub-packages
 * read feeds. No clock here: times are passed in.
 */
package jp.hinomi.ingest.intel;
