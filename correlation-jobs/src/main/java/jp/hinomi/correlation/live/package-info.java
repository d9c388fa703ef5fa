/** Rules that change while the job runs: from a folder to the topic {@code rules}, and from there to the job. */
package jp.hinomi.correlation.live;
