package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.function.Function;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.ResourceResolver.Touched;
import jp.hinomi.events.Alert.Part;
import jp.hinomi.events.SecurityEvent;

/**
 * Which of the touched resources it is about: the targets; where the city knows none, the origins; else the observers. A
 * firewall that reports an attack on a street lamp does not lend the lamp its criticality.
 */
final class Principal {
    private static final Part[] PARTS = Part.values();

    private Principal() {}

    /** The same without resolving parts that do not matter. */
    static List<Touched> of(ResourceResolver resolver, SecurityEvent event) {
        for (Part part : PARTS) {
            List<Touched> ofPart = resolver.resolve(event, part);
            if (!ofPart.isEmpty()) {
                return ofPart;
            }
        }
        return List.of();
    }

    static <T> List<T> of(List<T> touched, Function<T, Part> partOf) {
        for (Part part : PARTS) {
            List<T> ofPart = touched.stream()
                    .filter(touch -> partOf.apply(touch) == part)
                    .toList();
            if (!ofPart.isEmpty()) {
                return ofPart;
            }
        }
        return List.of();
    }
}
