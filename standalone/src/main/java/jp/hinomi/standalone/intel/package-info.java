/** Feeds of threat intelligence on other machines: logins, and where the last import stopped. */
package jp.hinomi.standalone.intel;
