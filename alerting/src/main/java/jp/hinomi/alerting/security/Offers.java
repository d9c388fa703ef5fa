package jp.hinomi.alerting.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Demand;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What a page need not offer, because {@link PermissionGate} would refuse it: asked of the same declarations, by method and address.
 * Thread-safe.
 */
public final class Offers {
    private record Entry(PathPattern pattern, Set<RequestMethod> methods, Demand demand) {}

    /** By the first part of the address, so that a page with a thousand links asks few. */
    private final Map<String, List<Entry>> entries = new HashMap<>();

    public Offers(RequestMappingHandlerMapping mappings) {
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping :
                mappings.getHandlerMethods().entrySet()) {
            if (mapping.getKey().getPathPatternsCondition() == null) {
                continue;
            }
            Demand demand = PermissionGate.of(mapping.getValue());
            Set<RequestMethod> methods = mapping.getKey().getMethodsCondition().getMethods();
            for (PathPattern pattern :
                    mapping.getKey().getPathPatternsCondition().getPatterns()) {
                entries.computeIfAbsent(first(pattern.getPatternString()), key -> new ArrayList<>())
                        .add(new Entry(pattern, methods, demand));
            }
        }
        // The most specific first, as Spring chooses.
        entries.values().forEach(each -> each.sort((a, b) -> a.pattern().compareTo(b.pattern())));
    }

    /** {@code /alerts/{id}.json} → {@code alerts}. */
    private static String first(String path) {
        int end = 1;
        while (end < path.length() && "/.{?#".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return path.length() < 2 ? "" : path.substring(1, end);
    }

    /**
     * Whether somebody with these permissions is let in there; also if nothing is known of the address.
     *
     * @param may words of permissions
     */
    public boolean permits(RequestMethod method, String address, Set<?> may) {
        if (!address.startsWith("/")) {
            return true; // a place on the same page, or elsewhere
        }
        return demand(method, address.split("[?#]", 2)[0])
                .map(demand -> demand instanceof Demand.Nothing
                        || demand instanceof Demand.Of of
                                && may.contains(of.permission().word()))
                .orElse(true);
    }

    private Optional<Demand> demand(RequestMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return entries.getOrDefault(first(path), List.of()).stream()
                .filter(entry -> entry.methods().isEmpty() || entry.methods().contains(method))
                .filter(entry -> entry.pattern().matches(parsed))
                .findFirst()
                .map(Entry::demand);
    }
}
