/** FIWARE, the city OS: context brokers and identity manager. */
package jp.hinomi.ingest.decode.fiware;
