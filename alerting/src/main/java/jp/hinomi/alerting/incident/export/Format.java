package jp.hinomi.alerting.incident.export;

import java.util.Locale;

/** As what an incident goes out. */
public enum Format {
    CSV("text/csv;charset=UTF-8", "timeline", "csv"),
    STIX("application/stix+json;version=2.1;charset=UTF-8", "stix", "json"),
    JSON("application/json;charset=UTF-8", "incident", "json"),
    PDF("application/pdf", "incident", "pdf");

    private final String type;
    private final String what;
    private final String ending;

    Format(String type, String what, String ending) {
        this.type = type;
        this.what = what;
        this.ending = ending;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String type() {
        return type;
    }

    /** @param suffix after what it is */
    public String file(String incident, String suffix) {
        return incident + "-" + what + suffix + "." + ending;
    }
}
