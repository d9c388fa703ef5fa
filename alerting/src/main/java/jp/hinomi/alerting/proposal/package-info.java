/** Changes of rules that people propose from what they see: what they would have done, who agreed, and what became of them. */
package jp.hinomi.alerting.proposal;
