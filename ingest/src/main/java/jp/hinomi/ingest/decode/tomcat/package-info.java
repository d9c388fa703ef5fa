/** Apache Tomcat: what it logs of itself, and its access log. */
package jp.hinomi.ingest.decode.tomcat;
