/** How sources, rules, rejected records and the job fare: what their topics say, kept where the console can ask. */
package jp.hinomi.alerting.health;
