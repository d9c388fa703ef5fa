/** Detection over files, for {@code hinomi detect} and rule tests. */
package jp.hinomi.correlation.detect;
