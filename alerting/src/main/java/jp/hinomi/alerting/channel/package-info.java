/** Whether the ways to people work: what is known of each channel, and messages that prove it. */
package jp.hinomi.alerting.channel;
