package jp.hinomi.correlation.engine;

import java.util.Objects;

/**
 * What has to be remembered about a correlation beside its groups.
 *
 * @param key {@link Correlation#key()}
 * @param version of the rule: a quarantine ends when it is edited
 * @param since see {@link RuleFigures}
 * @param quarantine the reason; empty if there is none
 */
public record RuleMark(String key, String version, long since, String quarantine) {
    public RuleMark {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(quarantine, "quarantine");
    }
}
