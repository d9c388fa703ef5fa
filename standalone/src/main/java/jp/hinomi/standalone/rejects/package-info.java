/** Lets the console send rejected records again, by what the command does. */
package jp.hinomi.standalone.rejects;
