package jp.hinomi.rules;

import java.util.Optional;

/** Which logs a detection is about (Sigma rules specification, "Log source"). Absent parts match any. */
public record Logsource(Optional<String> category, Optional<String> product, Optional<String> service) {}
