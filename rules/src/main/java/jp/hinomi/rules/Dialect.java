package jp.hinomi.rules;

/** Which keys and types rules may use. */
public enum Dialect {
    /** Sigma 2.1 and our extensions. */
    HINOMI,
    /** Sigma 2.1 alone: extensions are errors, so that a rule runs elsewhere as well. */
    STRICT_SIGMA
}
