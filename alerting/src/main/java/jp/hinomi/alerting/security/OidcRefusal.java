package jp.hinomi.alerting.security;

import java.util.Locale;

/** Why nobody was logged in by an OpenID provider; the words are the ends of the messages' keys. */
public enum OidcRefusal {
    /** None of what the provider says of somebody has a role here. */
    UNMAPPED,
    /** The stakeholder of the role is not in the map. */
    NO_STAKEHOLDER,
    /** Not the way to log in that is asked for. */
    WEAK,
    /** An administrator has shut the account out. */
    DISABLED,
    /** The provider does not answer. */
    UNREACHABLE,
    /** The answer belongs to no login that this browser has begun, or to one that is over. */
    STALE,
    /** Somebody said no at the provider, or it would not have them. */
    DENIED,
    /** What came from the provider is not what it should be; the log has the details. */
    INVALID;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
