/** How rules are promoted, and the record of it beside them. */
package jp.hinomi.standalone.lifecycle;
