/** What rules watch for: the guideline's controls and risks, and the techniques of MITRE ATT&CK; and what they do not. */
package jp.hinomi.rules.coverage;
