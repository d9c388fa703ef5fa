/** Why a detection does not hold for an event: what would have to be otherwise. */
package jp.hinomi.rules.nearest;
