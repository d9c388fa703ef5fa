package jp.hinomi.city;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Host names and suffixes: the name itself wins, then the longest suffix. Filled before use; then safe to read from any thread. */
final class HostIndex {
    private final Map<String, List<Claim>> names = new HashMap<>();
    private final Map<String, List<Claim>> suffixes = new HashMap<>();

    void put(Claim claim) {
        String value = claim.by().value();
        if (value.startsWith("*.")) {
            suffixes.compute(Hosts.key(value.substring(2)), (name, claims) -> Claim.add(claims, claim));
        } else {
            names.compute(Hosts.key(value), (name, claims) -> Claim.add(claims, claim));
        }
    }

    /** @param host in the form of {@link Hosts#normal} */
    List<Claim> find(String host) {
        List<Claim> exact = names.get(host);
        if (exact != null) {
            return exact;
        }
        // One look-up per label: a suffix stands for what is below it, not for itself.
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            List<Claim> claims = suffixes.get(host.substring(dot + 1));
            if (claims != null) {
                return claims;
            }
        }
        return List.of();
    }
}
