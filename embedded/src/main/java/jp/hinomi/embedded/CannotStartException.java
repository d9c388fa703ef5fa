package jp.hinomi.embedded;

/** A part could not be started. The message says what, where and what to do about it; it is meant for the operator. */
public class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
