package jp.hinomi.correlation.stage;

import java.util.List;
import jp.hinomi.city.ResourceResolver.Touched;
import jp.hinomi.events.Alert.Part;

/**
 * Which of the touched resources it is about: the targets; where the city knows none, the origins; else the observers. A
 * firewall that reports an attack on a street lamp does not lend the lamp its criticality.
 */
final class Principal {
    private Principal() {}

    static List<Touched> of(List<Touched> touched) {
        for (Part part : Part.values()) {
            List<Touched> ofPart =
                    touched.stream().filter(touch -> touch.part() == part).toList();
            if (!ofPart.isEmpty()) {
                return ofPart;
            }
        }
        return List.of();
    }
}
