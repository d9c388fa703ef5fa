/** What differs in meaning between two versions of a set of rules. */
package jp.hinomi.rules.diff;
