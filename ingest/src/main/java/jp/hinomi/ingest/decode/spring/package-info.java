/** Applications on Spring Boot and Tomcat. */
package jp.hinomi.ingest.decode.spring;
