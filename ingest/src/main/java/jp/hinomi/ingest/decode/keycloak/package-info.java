/** The identity provider Keycloak: events of users and administrators. */
package jp.hinomi.ingest.decode.keycloak;
