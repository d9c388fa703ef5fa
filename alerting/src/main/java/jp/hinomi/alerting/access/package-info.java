/** Who may see and do what: one table of permissions, in plain Java. */
package jp.hinomi.alerting.access;
