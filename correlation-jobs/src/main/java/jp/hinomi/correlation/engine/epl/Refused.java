package jp.hinomi.correlation.engine.epl;

/** Ends a check at its first finding that leaves nothing to go on with. Carries nothing: the findings say it. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused() {
        super("see the findings", null, false, false);
    }
}
