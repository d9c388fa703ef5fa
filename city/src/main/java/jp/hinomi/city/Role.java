package jp.hinomi.city;

/** The stakeholders of a smart city, after section 1.3 of the guideline, and those outside that must be told. */
public enum Role {
    PROMOTER,
    SERVICE_PROVIDER,
    CITY_OS_VENDOR,
    DATA_PROVIDER,
    IOT_VENDOR,
    SECURITY_SERVICE,
    PARTNER_CITY,
    AUTHORITY;

    /** The word in files: {@code city-os-vendor}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
