package jp.hinomi.alerting.incident.axis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.city.City;
import jp.hinomi.city.Layer;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;

/** What the lanes of a timeline stand for. */
public sealed interface Lanes {
    /** Ids of lanes from top to bottom. @param found those of what is drawn; never in doubt left out */
    List<String> order(Collection<String> found);

    /**
     * Whom an entry is about, and who wrote what people wrote.
     *
     * @param promoter leads, and comes first
     * @param parties of the incident: each has a lane, also if nothing of it is drawn
     */
    record OfStakeholders(String promoter, Set<String> parties) implements Lanes {
        public OfStakeholders {
            parties = Set.copyOf(parties);
        }

        /** Logs come last. */
        @Override
        public List<String> order(Collection<String> found) {
            TreeSet<String> others = new TreeSet<>(parties);
            others.addAll(found);
            others.remove(promoter);
            others.remove(Drawing.EVENTS);
            List<String> lanes = new ArrayList<>();
            lanes.add(promoter);
            lanes.addAll(others);
            lanes.add(Drawing.EVENTS);
            return lanes;
        }
    }

    /**
     * Which layer of the city was hit: of alerts, and of all that came of them, that of the resource; of what somebody wrote for
     * whom the map has duties in one layer alone, that layer; of everything else governance.
     *
     * @param resources layers by the resources' ids
     * @param authors layers by who wrote an entry: {@code contact:ID}
     */
    record OfLayers(Map<String, Layer> resources, Map<String, Layer> authors) implements Lanes {
        /** What hit nothing that the map knows. */
        public static final String NONE = "~no-layer";

        public OfLayers {
            resources = Map.copyOf(resources);
            authors = Map.copyOf(authors);
        }

        public static OfLayers of(City city) {
            Map<String, Layer> resources = new LinkedHashMap<>();
            city.resources().forEach((id, resource) -> resources.put(id, resource.layer()));
            Map<String, Layer> authors = new LinkedHashMap<>();
            for (Stakeholder stakeholder : city.stakeholders().values()) {
                only(city, stakeholder)
                        .ifPresent(layer -> stakeholder
                                .contacts()
                                .forEach(contact -> authors.put("contact:" + contact.id(), layer)));
            }
            return new OfLayers(resources, authors);
        }

        private static Optional<Layer> only(City city, Stakeholder stakeholder) {
            Set<Layer> layers = EnumSet.noneOf(Layer.class);
            for (Responsibility each : city.responsibilities()) {
                if (each.stakeholder().equals(stakeholder.id())
                        && city.resources().containsKey(each.resource())) {
                    layers.add(city.resources().get(each.resource()).layer());
                }
            }
            return layers.size() == 1 ? layers.stream().findFirst() : Optional.empty();
        }

        /** The id of a layer's lane; no stakeholder is called so. */
        public static String lane(Layer layer) {
            return "~" + layer.word();
        }

        @Override
        public List<String> order(Collection<String> found) {
            List<String> lanes = new ArrayList<>();
            for (Layer layer : Layer.values()) {
                lanes.add(lane(layer));
            }
            if (found.contains(NONE)) {
                lanes.add(NONE);
            }
            return lanes;
        }
    }
}
