package jp.hinomi.alerting.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import jp.hinomi.city.City;

/** Names the responsibility map that a decision rests on, by its content. */
public final class MapVersion {
    private MapVersion() {}

    /** The first 12 hex digits of SHA-256 over everything that routing reads; the same in every process. */
    public static String of(City city) {
        StringBuilder text = new StringBuilder(city.id()).append(city.zone()).append('\n');
        // Names go in sorted: the iteration order of Map.copyOf differs between processes.
        city.stakeholders()
                .values()
                .forEach(stakeholder -> text.append(stakeholder.id())
                        .append(new TreeMap<>(stakeholder.name()))
                        .append(stakeholder.role())
                        .append(stakeholder.locale())
                        .append(stakeholder.maxTlp())
                        .append(stakeholder.contacts())
                        .append('\n'));
        city.resources()
                .values()
                .forEach(resource -> text.append(resource.id())
                        .append(new TreeMap<>(resource.name()))
                        .append(resource.layer())
                        .append(resource.criticality())
                        .append(resource.selectors())
                        .append('\n'));
        city.responsibilities()
                .forEach(responsibility -> text.append(responsibility).append('\n'));
        city.escalations()
                .values()
                .forEach(escalation -> text.append(escalation).append('\n'));
        city.schedules()
                .values()
                .forEach(schedule -> text.append(new TreeMap<>(schedule.name()))
                        .append(schedule.rotations())
                        .append(schedule.holidays())
                        .append(schedule.substitutions())
                        .append(schedule.notice())
                        .append(schedule.zone())
                        .append(schedule.id())
                        .append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
