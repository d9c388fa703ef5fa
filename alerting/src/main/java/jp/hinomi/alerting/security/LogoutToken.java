package jp.hinomi.alerting.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a provider's signed word that somebody has logged out says (OpenID Connect Back-Channel Logout 1.0, section 2.6). Pure. */
sealed interface LogoutToken {
    /**
     * @param subject whose sessions; at least one of the two is there
     * @param session which of them, as the provider calls it
     */
    record Over(Optional<String> subject, Optional<String> session, Instant issued) implements LogoutToken {}

    /** @param why for the log of whoever runs the provider */
    record Refused(String why) implements LogoutToken {}

    String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** An old one says nothing about the sessions of today. */
    Duration OLDEST = Duration.ofMinutes(5);

    /** @param claims of a token whose signature was right and whose time is not over */
    static LogoutToken of(Map<String, Object> claims, String issuer, String client, Instant now) {
        if (!issuer.equals(String.valueOf(claims.get("iss")))) {
            return new Refused("iss is not " + issuer);
        }
        if (!(claims.get("aud") instanceof List<?> audience && audience.contains(client))) {
            return new Refused("aud does not have " + client);
        }
        if (!(claims.get("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>)) {
            return new Refused("events does not have " + EVENT);
        }
        // Else an ID token, which many have seen, could end sessions.
        if (claims.containsKey("nonce")) {
            return new Refused("nonce is not for logout tokens");
        }
        if (!(claims.get("iat") instanceof Instant issued)
                || issued.isBefore(now.minus(OLDEST))
                || issued.isAfter(now.plus(OidcTokens.SKEW))) {
            return new Refused("iat is not of the last " + OLDEST.toMinutes() + " minutes");
        }
        Optional<String> subject = text(claims.get("sub"));
        Optional<String> session = text(claims.get("sid"));
        if (subject.isEmpty() && session.isEmpty()) {
            return new Refused("neither sub nor sid");
        }
        return new Over(subject, session, issued);
    }

    private static Optional<String> text(Object claim) {
        return claim instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
