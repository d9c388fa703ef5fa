package jp.hinomi.rules.taxonomy;

import jp.hinomi.events.document.Location;

/**
 * A word of a document that gives way to another, everything around it staying as it is.
 *
 * @param at where the word begins, or the quote before it
 */
public record Edit(Location at, String old, String replacement) {}
