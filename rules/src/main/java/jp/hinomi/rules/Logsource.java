package jp.hinomi.rules;

import java.util.Objects;
import java.util.Optional;

/** Which logs a detection is about (Sigma rules specification, "Log source"). Absent parts match any. */
public record Logsource(Optional<String> category, Optional<String> product, Optional<String> service) {
    /** Every log. */
    public static final Logsource ANY = new Logsource(Optional.empty(), Optional.empty(), Optional.empty());

    public Logsource {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(service, "service");
    }

    /** True if every log of {@code other} is one of this, as far as the words say. */
    public boolean contains(Logsource other) {
        return within(category, other.category) && within(product, other.product) && within(service, other.service);
    }

    private static boolean within(Optional<String> outer, Optional<String> inner) {
        return outer.isEmpty() || outer.equals(inner);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        category.ifPresent(word -> text.append(" category: ").append(word));
        product.ifPresent(word -> text.append(" product: ").append(word));
        service.ifPresent(word -> text.append(" service: ").append(word));
        return text.isEmpty() ? "any log" : text.substring(1);
    }
}
