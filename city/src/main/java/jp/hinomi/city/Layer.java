package jp.hinomi.city;

/** The guideline's four categories of a smart city's parts. */
public enum Layer {
    GOVERNANCE,
    SERVICE,
    CITY_OS,
    ASSET;

    /** The word in files: {@code city-os}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
