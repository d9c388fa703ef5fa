package jp.hinomi.alerting;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.AccountRole;

/**
 * An OpenID provider whose people may log in (OpenID Connect Core 1.0), and which of them may do what.
 *
 * @param issuer exactly as the provider names itself; {@code https} unless it is on this machine
 * @param secret of the client; absent = a public client, which PKCE alone protects
 * @param label of the button, in the city's own words; absent = the issuer's host
 * @param scopes asked for, {@code openid} among them
 * @param nameClaim the claim that an account gets its name from
 * @param rolesClaim the claim that says what somebody is, by name or by path ({@code realm_access.roles})
 * @param grants which of its values mean which role: the first that somebody has counts, and who has none is not let in
 * @param acr ways to log in of which one is asked for and must have been taken (claim {@code acr}); empty = any
 * @param amr means of which one must have been used (RFC 8176); empty = any
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<String> secret,
        Optional<String> label,
        Set<String> scopes,
        String nameClaim,
        String rolesClaim,
        List<Grant> grants,
        List<String> acr,
        Set<String> amr) {
    public static final Set<String> SCOPES = Set.of("openid", "profile", "email");
    public static final String NAME_CLAIM = "preferred_username";
    public static final String ROLES_CLAIM = "groups";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BOUND = AccountRole.STAKEHOLDER.word() + ":";

    /**
     * Who has that value in the claim has that role.
     *
     * @param stakeholder id in the map; for {@link AccountRole#STAKEHOLDER} alone
     */
    public record Grant(String value, AccountRole role, Optional<String> stakeholder) {
        public Grant {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(role, "role");
            if ((role == AccountRole.STAKEHOLDER) != stakeholder.isPresent()) {
                throw new IllegalArgumentException("'" + value
                        + "': the role stakeholder, and no other, needs a stakeholder: write stakeholder:ID");
            }
        }
    }

    public OidcSettings {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(nameClaim, "nameClaim");
        Objects.requireNonNull(rolesClaim, "rolesClaim");
        scopes = Set.copyOf(scopes);
        grants = List.copyOf(grants);
        acr = List.copyOf(acr);
        amr = Set.copyOf(amr);
        boolean here = issuer.getHost() != null && THIS_MACHINE.contains(issuer.getHost());
        if (issuer.getHost() == null
                || !("https".equals(issuer.getScheme()) || here && "http".equals(issuer.getScheme()))) {
            throw new IllegalArgumentException(
                    "the OpenID issuer '" + issuer + "' is no https address: give it as the provider names itself");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the OpenID client has no id: use the one that the provider gave it");
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("the OpenID scopes have no 'openid': add it");
        }
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("no group of the OpenID provider has a role, so nobody could log in");
        }
    }

    /**
     * Reads {@code soc=analyst; cn=Vendor,ou=parties=stakeholder:city-os-vendor}: grants between semicolons, each a value of the
     * claim, the last {@code =}, and a role.
     *
     * @throws IllegalArgumentException naming every grant that is wrong
     */
    public static List<Grant> grants(String text) {
        List<Grant> grants = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String part : text.split(";")) {
            if (part.isBlank()) {
                continue;
            }
            try {
                grants.add(grant(part.strip()));
            } catch (IllegalArgumentException e) {
                wrong.add(e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return grants;
    }

    private static Grant grant(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + text + "' is no grant: write GROUP=ROLE");
        }
        String value = text.substring(0, equals).strip();
        String word = text.substring(equals + 1).strip();
        if (word.startsWith(BOUND)) {
            return new Grant(
                    value,
                    AccountRole.STAKEHOLDER,
                    Optional.of(word.substring(BOUND.length()).strip()).filter(id -> !id.isEmpty()));
        }
        AccountRole role = AccountRole.ofWord(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "': '" + word + "' is no role: use one of " + AccountRole.words()));
        return new Grant(value, role, Optional.empty());
    }

    /** What the button says. */
    public String shownAs() {
        return label.orElseGet(issuer::getHost);
    }

    /** Without the secret: settings get logged. */
    @Override
    public String toString() {
        return issuer + " as " + clientId;
    }
}
