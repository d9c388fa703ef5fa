package jp.hinomi.city;

/** How much the city needs a resource; ordered, most needed last. */
public enum Criticality {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
