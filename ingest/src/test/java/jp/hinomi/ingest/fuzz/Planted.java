package jp.hinomi.ingest.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A defect behind conditions that only a search guided by coverage and comparisons meets. */
public final class Planted {
    public static final String MESSAGE = "the planted defect";

    private Planted() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        if (text.startsWith("<13>") && text.contains("sshd[") && text.endsWith("preauth]")) {
            throw new IllegalStateException(MESSAGE);
        }
    }
}
