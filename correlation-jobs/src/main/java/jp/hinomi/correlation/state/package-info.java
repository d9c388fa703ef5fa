/** How records travel between operators and lie in state: written by hand, with a version in front. */
package jp.hinomi.correlation.state;
