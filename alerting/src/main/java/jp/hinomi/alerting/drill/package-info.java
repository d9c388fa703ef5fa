/** Exercises: alerts that say of themselves that they are one, and who reacted when. */
package jp.hinomi.alerting.drill;
