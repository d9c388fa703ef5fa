/** Events of LoRaWAN network servers. */
package jp.hinomi.ingest.decode.lorawan;
