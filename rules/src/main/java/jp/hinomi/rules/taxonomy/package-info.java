/**
 * Rules of other people: Sigma repositories whose rules use Sigma's own field names (its taxonomy) become rules with the
 * field names of our events.
 */
package jp.hinomi.rules.taxonomy;
