package jp.hinomi.city;

import static jp.hinomi.events.Fields.CITY_DATA_CLASS;
import static jp.hinomi.events.Fields.CITY_LAYER;
import static jp.hinomi.events.Fields.CITY_RESOURCE;
import static jp.hinomi.events.Fields.CITY_SOURCE;
import static jp.hinomi.events.Fields.CLIENT_IP;
import static jp.hinomi.events.Fields.DESTINATION_ADDRESS;
import static jp.hinomi.events.Fields.DESTINATION_DOMAIN;
import static jp.hinomi.events.Fields.DESTINATION_IP;
import static jp.hinomi.events.Fields.DESTINATION_NAT_IP;
import static jp.hinomi.events.Fields.HOST_HOSTNAME;
import static jp.hinomi.events.Fields.HOST_ID;
import static jp.hinomi.events.Fields.HOST_IP;
import static jp.hinomi.events.Fields.HOST_NAME;
import static jp.hinomi.events.Fields.OBSERVER_NAME;
import static jp.hinomi.events.Fields.OBSERVER_SERIAL_NUMBER;
import static jp.hinomi.events.Fields.SERVER_IP;
import static jp.hinomi.events.Fields.SERVICE_NAME;
import static jp.hinomi.events.Fields.SOURCE_ADDRESS;
import static jp.hinomi.events.Fields.SOURCE_DOMAIN;
import static jp.hinomi.events.Fields.SOURCE_IP;
import static jp.hinomi.events.Fields.TLS_CLIENT_SERVER_NAME;
import static jp.hinomi.events.Fields.URL_DOMAIN;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * Finds the resources that an event touches. Compiled once per city; immutable and thread-safe. A look-up costs a walk
 * along the address or name, whatever the number of selectors; the latest ones are remembered.
 *
 * <p>In each part the most specific kind of selector wins ({@link Selector.Kind}, in its order), among blocks the longest
 * prefix, among host names the name itself and then the longest suffix. Two resources with the same selector are both
 * touched; {@link CityCheck} calls that an overlap.
 *
 * <p><b>Target.</b> An event with a destination ({@code destination.*} or {@code server.ip}) was seen from outside: its
 * target is found by the destination ({@code destination.nat.ip} before {@code destination.ip}: what stands behind a
 * translated address is what is attacked), then by {@code url.domain}, the name in the TLS greeting, {@code service.name}
 * and {@code city.data_class}. A destination that nothing selects lies outside the city: no layer is guessed for it.
 *
 * <p>An event without a destination was written by what it happened to: the log of an sshd or a web server. Its target is
 * the resource of its source, or without one the resource of {@code host.*}; <em>and</em> the resource that
 * {@code url.domain}, {@code service.name} or {@code city.data_class} name. A client writes the {@code Host} header as it
 * likes: it can add a target that way, but not take the real one away.
 *
 * <p><b>Origin.</b> {@code source.*}, then {@code client.*}. <b>Observer.</b> The resource of the source, else the device
 * by its serial number or name.
 */
public final class ResourceResolver {
    private static final Field DEVICE_ID = Fields.of("device.id");
    private static final Alert.Part[] PARTS = Alert.Part.values();

    private final City city;
    private final SelectorIndex index;

    public ResourceResolver(City city) {
        this.city = city;
        this.index = new SelectorIndex(city);
    }

    /** The resources by part, each at most once per part, in order of part and id. */
    public List<Touched> resolve(SecurityEvent event) {
        List<Touched> touched = new ArrayList<>();
        for (Alert.Part part : PARTS) {
            collect(touched, part, claims(event, part));
        }
        return touched;
    }

    /** The resources of one part only, each once, in order of id. */
    public List<Touched> resolve(SecurityEvent event, Alert.Part part) {
        List<Claim> claims = claims(event, part);
        if (claims.isEmpty()) {
            return List.of();
        }
        List<Touched> touched = new ArrayList<>(claims.size());
        collect(touched, part, claims);
        return touched;
    }

    private List<Claim> claims(SecurityEvent event, Alert.Part part) {
        return switch (part) {
            case TARGET -> hasDestination(event) ? seenFromOutside(event) : writtenByTheTarget(event);
            case ORIGIN -> index.place(event, SOURCE_IP, SOURCE_ADDRESS, SOURCE_DOMAIN, CLIENT_IP);
            case OBSERVER -> observer(event);
        };
    }

    /**
     * What a person means by an address, host name, id of a resource, source or device, or name of a service: for
     * "paste an IP: who is told?". Empty if it is nothing the city knows.
     */
    public List<Found> find(String text) {
        Resource named = city.resources().get(text);
        if (named != null) {
            return List.of(new Found(named, Optional.empty()));
        }
        for (Selector.Kind kind : Selector.Kind.values()) {
            List<Claim> claims = claims(kind, text);
            if (!claims.isEmpty()) {
                return claims.stream()
                        .map(claim -> new Found(claim.resource(), Optional.of(claim.by())))
                        .toList();
            }
        }
        return List.of();
    }

    /** Fields by which resources are found, in the order in which people look for them, with the kinds of selectors that they meet. */
    private static final Map<Field, List<Selector.Kind>> LOOKED_AT = new LinkedHashMap<>();

    static {
        List<Selector.Kind> place = List.of(Selector.Kind.CIDR, Selector.Kind.HOST);
        for (Field field : List.of(
                DESTINATION_NAT_IP,
                DESTINATION_IP,
                SERVER_IP,
                DESTINATION_ADDRESS,
                DESTINATION_DOMAIN,
                URL_DOMAIN,
                TLS_CLIENT_SERVER_NAME,
                HOST_IP,
                HOST_NAME,
                HOST_HOSTNAME,
                SOURCE_IP,
                SOURCE_ADDRESS,
                SOURCE_DOMAIN,
                CLIENT_IP,
                OBSERVER_NAME)) {
            LOOKED_AT.put(field, place);
        }
        LOOKED_AT.put(CITY_SOURCE, List.of(Selector.Kind.SOURCE));
        for (Field field : List.of(DEVICE_ID, HOST_ID, OBSERVER_SERIAL_NUMBER)) {
            LOOKED_AT.put(field, List.of(Selector.Kind.DEVICE));
        }
        LOOKED_AT.put(SERVICE_NAME, List.of(Selector.Kind.SERVICE));
        LOOKED_AT.put(CITY_DATA_CLASS, List.of(Selector.Kind.DATA_CLASS));
        LOOKED_AT.put(CITY_LAYER, List.of(Selector.Kind.LAYER));
    }

    /**
     * What an event holds that resources are found by, and which of those that it touches each value led to: for people, who ask
     * why. What led somewhere comes first.
     */
    public List<Reading> readings(SecurityEvent event) {
        List<Touched> touched = resolve(event);
        List<Reading> readings = new ArrayList<>();
        LOOKED_AT.forEach((field, kinds) -> {
            Object held = event.get(field);
            List<?> values = held == null ? List.of() : held instanceof List<?> several ? several : List.of(held);
            for (Object value : values) {
                List<Claim> claims = new ArrayList<>();
                kinds.forEach(kind -> claims.addAll(claims(kind, value.toString())));
                readings.add(new Reading(
                        field,
                        value.toString(),
                        touched.stream()
                                .filter(one -> claims.contains(new Claim(one.resource(), one.by())))
                                .toList()));
            }
        });
        readings.sort(Comparator.comparing(reading -> reading.led().isEmpty()));
        return readings;
    }

    private List<Claim> claims(Selector.Kind kind, String value) {
        return switch (kind) {
            case CIDR -> index.address(value);
            case HOST -> index.host(value);
            case SOURCE, DEVICE, SERVICE, DATA_CLASS, LAYER -> index.word(kind, value);
        };
    }

    /** A value of an event. @param led what it led to; none if it is nothing the city knows, or something more specific won */
    public record Reading(Field field, String value, List<Touched> led) {
        public Reading {
            led = List.copyOf(led);
        }
    }

    /** @param by the selector that won, the most specific that matched */
    public record Touched(Resource resource, Alert.Part part, Selector by) {}

    /** @param by the selector that matched; empty if the resource was named by its id */
    public record Found(Resource resource, Optional<Selector> by) {}

    private static boolean hasDestination(SecurityEvent event) {
        return event.has(DESTINATION_IP)
                || event.has(DESTINATION_ADDRESS)
                || event.has(DESTINATION_DOMAIN)
                || event.has(SERVER_IP);
    }

    private List<Claim> seenFromOutside(SecurityEvent event) {
        List<Claim> found = index.place(
                event,
                DESTINATION_NAT_IP,
                DESTINATION_IP,
                SERVER_IP,
                DESTINATION_ADDRESS,
                DESTINATION_DOMAIN,
                URL_DOMAIN,
                TLS_CLIENT_SERVER_NAME);
        found = found.isEmpty() ? index.word(Selector.Kind.SERVICE, event, SERVICE_NAME) : found;
        return found.isEmpty() ? index.word(Selector.Kind.DATA_CLASS, event, CITY_DATA_CLASS) : found;
    }

    private List<Claim> writtenByTheTarget(SecurityEvent event) {
        List<Claim> machine = index.word(Selector.Kind.SOURCE, event, CITY_SOURCE);
        machine = machine.isEmpty() ? index.word(Selector.Kind.DEVICE, event, DEVICE_ID, HOST_ID) : machine;
        machine = machine.isEmpty() ? index.place(event, HOST_IP, HOST_NAME, HOST_HOSTNAME) : machine;
        List<Claim> meant = index.place(event, URL_DOMAIN);
        meant = meant.isEmpty() ? index.word(Selector.Kind.SERVICE, event, SERVICE_NAME) : meant;
        meant = meant.isEmpty() ? index.word(Selector.Kind.DATA_CLASS, event, CITY_DATA_CLASS) : meant;
        if (machine.isEmpty() && meant.isEmpty()) {
            return layer(event);
        }
        List<Claim> both = new ArrayList<>(machine);
        both.addAll(meant);
        return both;
    }

    /** The layer that the event names, else the one whose topic its source writes to. */
    private List<Claim> layer(SecurityEvent event) {
        // Beside city.resource the layer is what an earlier resolving of this event found, which must not feed back.
        if (event.has(CITY_LAYER) && !event.has(CITY_RESOURCE)) {
            return index.word(Selector.Kind.LAYER, event, CITY_LAYER);
        }
        Source source = city.sources().get(event.text(CITY_SOURCE));
        return source == null
                ? List.of()
                : Layer.ofTopic(source.topic())
                        .map(layer -> index.word(Selector.Kind.LAYER, layer.word()))
                        .orElse(List.of());
    }

    private List<Claim> observer(SecurityEvent event) {
        List<Claim> found = index.word(Selector.Kind.SOURCE, event, CITY_SOURCE);
        found = found.isEmpty() ? index.word(Selector.Kind.DEVICE, event, OBSERVER_SERIAL_NUMBER) : found;
        return found.isEmpty() ? index.place(event, OBSERVER_NAME) : found;
    }

    private static void collect(List<Touched> touched, Alert.Part part, List<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        if (claims.size() == 1) {
            touched.add(
                    new Touched(claims.get(0).resource(), part, claims.get(0).by()));
            return;
        }
        // The first claim of a resource is its most specific: callers look the kinds up in their order.
        Map<String, Touched> byResource = new LinkedHashMap<>();
        for (Claim claim : claims) {
            byResource.putIfAbsent(claim.resource().id(), new Touched(claim.resource(), part, claim.by()));
        }
        byResource.values().stream()
                .sorted(Comparator.comparing(each -> each.resource().id()))
                .forEach(touched::add);
    }
}
