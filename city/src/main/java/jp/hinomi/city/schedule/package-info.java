/** Who is on duty when: rotations, hours, holidays and overrides, exact over changes of the clock. Plain Java without a clock of its own. */
package jp.hinomi.city.schedule;
