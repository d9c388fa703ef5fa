package jp.hinomi.alerting.routing;

import java.util.Objects;
import jp.hinomi.city.Responsibility;

/** A responsibility that was looked at, with what became of it and why. */
public record Considered(Responsibility responsibility, Verdict verdict, Bilingual text) {
    public Considered {
        Objects.requireNonNull(responsibility, "responsibility");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(text, "text");
    }
}
