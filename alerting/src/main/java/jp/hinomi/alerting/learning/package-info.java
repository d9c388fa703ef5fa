/** What verdicts say about rules: how far they can be trusted, which are noisy, which are silent, and what could be changed. */
package jp.hinomi.alerting.learning;
