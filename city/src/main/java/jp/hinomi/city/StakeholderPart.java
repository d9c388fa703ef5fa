package jp.hinomi.city;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlEdit;

/**
 * What of a city's files a stakeholder may write itself: its {@link StakeholderContacts contacts} and its {@link StakeholderDuty
 * duty}. Whatever is asked, nothing else becomes different: what comes out is compared as a whole with what was. Immutable and
 * thread-safe.
 *
 * @param formats names of the log formats that sources may have; empty = any
 */
public record StakeholderPart(String stakeholder, Set<String> formats) {
    public StakeholderPart {
        Objects.requireNonNull(stakeholder, "stakeholder");
        formats = Set.copyOf(formats);
    }

    public StakeholderContacts contacts() {
        return new StakeholderContacts(this);
    }

    public StakeholderDuty duty() {
        return new StakeholderDuty(this);
    }

    /** Why a change is not made. */
    public enum Why {
        NOT_YOUR_CONTACT,
        NOT_YOUR_DUTY,
        NOT_AN_ADDRESS,
        NOBODY_STANDS_IN,
        UNKNOWN,
        /** Somebody has that id already. */
        TAKEN,
        /** Another part of the map names the contact. */
        NEEDED,
        /** Nobody of the stakeholder would be left. */
        LAST_CONTACT,
        /** Others than the stakeholder's own have duty in the rotation. */
        SHARED_DUTY,
        /** A rotation with nobody in it. */
        NOBODY_ON_DUTY,
        /** Until that day nobody would be on duty. */
        BEGINS_LATER;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** A change that is not this stakeholder's to make. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Why why;

        RefusedException(Why why, String message) {
            super(message);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    /** Ids of its contacts. */
    Set<String> own(City city) {
        Set<String> own = new HashSet<>();
        Optional.ofNullable(city.stakeholders().get(stakeholder))
                .ifPresent(known -> known.contacts().forEach(contact -> own.add(contact.id())));
        return own;
    }

    City read(CityFiles files) {
        return files.read(formats, warning -> {});
    }

    RefusedException notYours(String contact, City city) {
        return new RefusedException(
                Why.NOT_YOUR_CONTACT, "'" + contact + "' is no contact of yours: use one of " + own(city));
    }

    /** What a change may make different. */
    @FunctionalInterface
    interface Allowed {
        boolean is(CityDiff.Change change, City wanted);
    }

    static boolean isChanged(CityDiff.Change change, CityDiff.Kind kind, String id, String... fields) {
        return change.what() == CityDiff.What.CHANGED
                && change.kind() == kind
                && change.id().equals(id)
                && change.fields().stream().map(CityDiff.Field::name).allMatch(List.of(fields)::contains);
    }

    /**
     * The files with other entries in an element, and every other character as it was.
     *
     * @param element of the file, as it was read
     */
    CityFiles changed(
            CityFiles files,
            City before,
            String name,
            Node.Mapping element,
            Map<String, Node> entries,
            Allowed allowed) {
        Node.Mapping root = (Node.Mapping)
                CityNodes.replaced(CityNodes.root(files, name), element.at(), CityNodes.edited(element, entries));
        CityFiles whole = files.with(Map.of(name, CityYaml.of(root)));
        City wanted = read(whole);
        CityDiff.between(before, wanted).stream()
                .filter(change -> !allowed.is(change, wanted))
                .findFirst()
                .ifPresent(change -> {
                    throw new IllegalStateException("a change of " + stakeholder + "'s own part would change "
                            + change.kind().word() + " " + change.id());
                });
        // With the notes and the layout of whoever keeps the file, where that means the same.
        return YamlEdit.edited(files.texts().get(name), root)
                .map(text -> files.with(Map.of(name, text)))
                .filter(inPlace -> means(inPlace, wanted))
                .orElse(whole);
    }

    private boolean means(CityFiles files, City wanted) {
        try {
            return CityDiff.between(read(files), wanted).isEmpty();
        } catch (ProblemsException e) {
            return false;
        }
    }
}
