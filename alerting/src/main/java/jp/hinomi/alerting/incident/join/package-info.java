/** Which alerts belong to one story, and why: plain rules over the users, hosts, addresses, devices and resources they name. */
package jp.hinomi.alerting.incident.join;
