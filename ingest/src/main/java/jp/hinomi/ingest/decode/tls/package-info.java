/** TLS and certificates as every sensor describes them: {@code tls.*} and {@code *.x509.*}. */
package jp.hinomi.ingest.decode.tls;
