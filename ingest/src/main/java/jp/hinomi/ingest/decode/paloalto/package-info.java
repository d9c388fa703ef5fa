/** Logs of firewalls of Palo Alto Networks. */
package jp.hinomi.ingest.decode.paloalto;
