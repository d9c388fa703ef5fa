package jp.hinomi.alerting;

/** Alerting could not start; the message is for the operator. */
public final class AlertingStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AlertingStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
