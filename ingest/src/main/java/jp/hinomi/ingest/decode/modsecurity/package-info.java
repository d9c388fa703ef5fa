/** The web application firewall ModSecurity, versions 2.9 and 3, and Coraza. */
package jp.hinomi.ingest.decode.modsecurity;
