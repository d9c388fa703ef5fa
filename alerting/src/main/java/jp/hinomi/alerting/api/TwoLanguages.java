package jp.hinomi.alerting.api;

/** A text in both languages. */
public record TwoLanguages(String ja, String en) {}
