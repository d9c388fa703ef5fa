/** Logs and events of MQTT brokers. */
package jp.hinomi.ingest.decode.mqtt;
