package jp.hinomi.alerting.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.access.AccountRole;

/** Whether somebody whom an OpenID provider vouches for is let in, and as what. Pure. */
sealed interface OidcAdmission {
    /** @param name that the account gets if it is new and nobody has that name */
    record Granted(String name, AccountRole role, Optional<String> stakeholder) implements OidcAdmission {}

    /** @param values of the claim that roles come from, at most {@value #SHOWN}: for whoever has to set up the mapping */
    record Refused(OidcRefusal why, String name, List<String> values) implements OidcAdmission {}

    int SHOWN = 20;

    Pattern OTHER_CHARACTERS = Pattern.compile("[^\\p{L}\\p{N}._@-]+");
    Pattern AT_THE_BEGINNING = Pattern.compile("^[._@-]+");
    int LONGEST_NAME = 80;

    /**
     * @param token claims of the ID token, which says how somebody logged in
     * @param claims of the ID token and of what the provider tells besides
     * @param stakeholders ids of the map in force
     */
    static OidcAdmission decide(
            OidcSettings settings, Map<String, Object> token, Map<String, Object> claims, Set<String> stakeholders) {
        List<String> values = values(at(claims, settings.rolesClaim()));
        String name = name(claims, settings.nameClaim());
        List<String> shown = values.stream().limit(SHOWN).toList();
        if (!strong(settings, token)) {
            return new Refused(OidcRefusal.WEAK, name, shown);
        }
        Set<String> has = Set.copyOf(values);
        Optional<OidcSettings.Grant> granted = settings.grants().stream()
                .filter(grant -> has.contains(grant.value()))
                .findFirst();
        if (granted.isEmpty()) {
            return new Refused(OidcRefusal.UNMAPPED, name, shown);
        }
        if (granted.get().stakeholder().filter(id -> !stakeholders.contains(id)).isPresent()) {
            return new Refused(OidcRefusal.NO_STAKEHOLDER, name, shown);
        }
        return new Granted(name, granted.get().role(), granted.get().stakeholder());
    }

    private static boolean strong(OidcSettings settings, Map<String, Object> token) {
        boolean acr = settings.acr().isEmpty()
                || token.get("acr") instanceof String said && settings.acr().contains(said);
        boolean amr =
                settings.amr().isEmpty() || values(token.get("amr")).stream().anyMatch(settings.amr()::contains);
        return acr && amr;
    }

    /** By name; else by path through objects, as Keycloak has {@code realm_access.roles}. */
    private static Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? at(inner, path.substring(dot + 1))
                : null;
    }

    private static List<String> values(Object claim) {
        List<String> values = new ArrayList<>();
        if (claim instanceof Collection<?> several) {
            several.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(values::add);
        } else if (claim instanceof String one) {
            values.add(one);
        }
        return values;
    }

    /** Made of the characters that names of accounts may have. */
    private static String name(Map<String, Object> claims, String claim) {
        Object said = at(claims, claim);
        String text = said instanceof String name ? name : String.valueOf(claims.get("sub"));
        String fit = AT_THE_BEGINNING
                .matcher(OTHER_CHARACTERS.matcher(text.strip()).replaceAll("-"))
                .replaceFirst("");
        String cut = fit.length() > LONGEST_NAME
                ? fit.substring(0, fit.offsetByCodePoints(0, fit.codePointCount(0, LONGEST_NAME)))
                : fit;
        return cut.isEmpty() ? "account" : cut;
    }
}
