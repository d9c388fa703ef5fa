/** Tells people when duty goes from one to another. */
package jp.hinomi.alerting.duty;
