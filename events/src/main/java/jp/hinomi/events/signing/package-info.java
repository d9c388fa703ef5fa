/** Keys by which it can be told who published rules, and that nobody changed them since. */
package jp.hinomi.events.signing;
