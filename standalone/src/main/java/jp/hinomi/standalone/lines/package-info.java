/** Lines of logs for the console, read as the job reads them. */
package jp.hinomi.standalone.lines;
