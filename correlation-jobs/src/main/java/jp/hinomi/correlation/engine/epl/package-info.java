/**
 * Statements in EPL that rules carry: checked against a list of what is allowed, compiled where no class can be reached.
 * {@link jp.hinomi.correlation.engine.epl.EplChecker} is the way in. Knows no Flink.
 */
package jp.hinomi.correlation.engine.epl;
