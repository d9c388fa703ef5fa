/** Where public addresses are and whose: look-ups in databases of the MaxMind format, which the user supplies. */
package jp.hinomi.ingest.geo;
