/** What another version of rules would have said over recorded logs, and to whom. */
package jp.hinomi.standalone.backtest;
