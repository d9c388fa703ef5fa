/** A mail server for demonstrations: takes mail for anybody, delivers none of it, and shows it on a page. */
package jp.hinomi.standalone.mail;
