/** What a correlation means, on Esper; knows no Flink. {@link jp.hinomi.correlation.engine.Correlator} is the way in. */
package jp.hinomi.correlation.engine;
