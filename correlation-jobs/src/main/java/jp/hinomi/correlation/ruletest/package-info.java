/** Test cases of rules, run with the job's own operators. */
package jp.hinomi.correlation.ruletest;
