package jp.hinomi.city;

/** What a stakeholder answers for, of a resource. */
public enum Duty {
    OWNER,
    OPERATOR,
    DATA_CONTROLLER,
    RESPONDER,
    INFORMED;

    /** The word in files: {@code data-controller}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
