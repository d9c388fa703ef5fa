/** What devices of the city say of themselves and of what they measure, whatever network or product brings it. */
package jp.hinomi.ingest.decode.device;
