package jp.hinomi.city;

import inet.ipaddr.IPAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Field;
import jp.hinomi.events.SecurityEvent;

/**
 * All selectors of a city, each kind found without a scan. Immutable after construction and thread-safe.
 *
 * <p>A field with several values (a host's addresses) is looked up value by value; what any of them finds is found.
 */
final class SelectorIndex {
    private final AddressIndex addresses = new AddressIndex();
    private final HostIndex hosts = new HostIndex();
    private final Remembered latestAddresses = new Remembered(this::findAddress);
    private final Remembered latestHosts = new Remembered(this::findHost);
    private final LookUp byAddress = latestAddresses::find;
    private final LookUp byHost = latestHosts::find;
    private final Map<Selector.Kind, Map<String, List<Claim>>> words = new EnumMap<>(Selector.Kind.class);

    SelectorIndex(City city) {
        for (Selector.Kind kind : Selector.Kind.values()) {
            words.put(kind, new HashMap<>());
        }
        for (Resource resource : city.resources().values()) {
            for (Selector selector : resource.selectors()) {
                put(new Claim(resource, selector));
            }
        }
        // "This source belongs to that resource", said from the other side.
        for (Source source : city.sources().values()) {
            source.resource()
                    .map(city.resources()::get)
                    .ifPresent(resource -> put(new Claim(resource, new Selector(Selector.Kind.SOURCE, source.id()))));
        }
    }

    private void put(Claim claim) {
        switch (claim.by().kind()) {
            case CIDR -> addresses.put(claim);
            case HOST -> hosts.put(claim);
            case SOURCE, DEVICE, SERVICE, DATA_CLASS, LAYER ->
                words.get(claim.by().kind()).compute(claim.by().value(), (word, claims) -> Claim.add(claims, claim));
        }
    }

    List<Claim> word(Selector.Kind kind, String word) {
        return word == null ? List.of() : words.get(kind).getOrDefault(word, List.of());
    }

    /** By the first of the fields that finds something. */
    List<Claim> word(Selector.Kind kind, SecurityEvent event, Field... fields) {
        for (Field field : fields) {
            List<Claim> found = each(event.get(field), text -> word(kind, text));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** By address where the fields hold one, else by host name; in each by the first of the fields that finds something. */
    List<Claim> place(SecurityEvent event, Field... fields) {
        for (Field field : fields) {
            List<Claim> found = each(event.get(field), byAddress);
            if (!found.isEmpty()) {
                return found;
            }
        }
        for (Field field : fields) {
            List<Claim> found = each(event.get(field), byHost);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    List<Claim> address(String text) {
        return latestAddresses.find(text);
    }

    List<Claim> host(String text) {
        return latestHosts.find(text);
    }

    private List<Claim> findAddress(String text) {
        Optional<IPAddress> address = Addresses.parse(text);
        return address.isPresent() ? addresses.find(address.get()) : List.of();
    }

    private List<Claim> findHost(String text) {
        Optional<String> host = Hosts.normal(text);
        return host.isPresent() ? hosts.find(host.get()) : List.of();
    }

    private interface LookUp {
        List<Claim> find(String text);
    }

    private static List<Claim> each(Object value, LookUp lookUp) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) { // asked first: it is nearly always
            return lookUp.find(text);
        }
        if (value instanceof List<?> values) {
            List<Claim> found = new ArrayList<>();
            for (Object element : values) {
                found.addAll(lookUp.find(element.toString()));
            }
            return found;
        }
        return lookUp.find(value.toString());
    }
}
