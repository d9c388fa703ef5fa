package jp.hinomi.correlation.engine;

/** A rule threw while it was evaluated. The message names it. */
public final class RuleFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RuleFailedException(String rule, Throwable cause) {
        super("the rule '" + rule + "' failed: " + cause, cause);
    }

    RuleFailedException(String rule, String reason) {
        super("the rule '" + rule + "' " + reason);
    }
}
