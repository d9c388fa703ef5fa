/** Logs of firewalls of Cisco: ASA and Firepower Threat Defense. */
package jp.hinomi.ingest.decode.cisco;
