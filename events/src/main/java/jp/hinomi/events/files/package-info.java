/** Files that are there whole or not at all. */
package jp.hinomi.events.files;
