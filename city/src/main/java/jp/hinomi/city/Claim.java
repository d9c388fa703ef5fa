package jp.hinomi.city;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A resource and the selector by which it says "this is me". */
record Claim(Resource resource, Selector by) {
    /** Equal selectors of two resources: both are touched, in a fixed order. */
    static List<Claim> add(List<Claim> claims, Claim claim) {
        return claims == null
                ? List.of(claim)
                : Stream.concat(claims.stream(), Stream.of(claim))
                        .sorted(Comparator.comparing(each -> each.resource().id()))
                        .distinct()
                        .toList();
    }
}
