/** Access logs of the proxy Envoy, alone and in a service mesh. */
package jp.hinomi.ingest.decode.envoy;
