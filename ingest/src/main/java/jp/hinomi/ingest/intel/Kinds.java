package jp.hinomi.ingest.intel;

/** Kinds of keys in the index: the ordinals of {@link Subject} for exact values, and these. */
final class Kinds {
    /** A block of addresses: prefix length, then the bits. */
    static final int BLOCK = 60;
    /** A domain name with every name below it. */
    static final int TREE = 61;

    static final int ID = 62;
    /** The host of a URL that is looked for: says whether looking at a URL is worth it; leads to no indicator. */
    static final int URL_HOST = 63;

    private Kinds() {}
}
