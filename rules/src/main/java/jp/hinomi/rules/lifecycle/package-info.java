/** How far a rule has come, and how it came there. */
package jp.hinomi.rules.lifecycle;
