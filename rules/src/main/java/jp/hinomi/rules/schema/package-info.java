/** The JSON Schema of rules, for editors: made of the words that the readers accept, so that the two cannot part. */
package jp.hinomi.rules.schema;
