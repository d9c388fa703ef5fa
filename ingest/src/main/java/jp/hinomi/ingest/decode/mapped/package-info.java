/** Formats that a city describes itself ({@link jp.hinomi.city.LogFormat}): decoded without a line of Java of theirs. */
package jp.hinomi.ingest.decode.mapped;
