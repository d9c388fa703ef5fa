package jp.hinomi.alerting.delivery;

/** Takes secrets out of what the other side said: answers like to repeat what they were asked. Stateless. */
final class Hidden {
    private static final int SHORTEST = 4;

    private Hidden() {}

    static SendResult in(SendResult result, String... secrets) {
        if (result instanceof SendResult.Failed failed) {
            return new SendResult.Failed(in(failed.detail(), secrets), failed.retryAfter());
        }
        return result instanceof SendResult.Refused refused
                ? new SendResult.Refused(in(refused.detail(), secrets), refused.gone())
                : new SendResult.Sent(in(result.detail(), secrets));
    }

    static String in(String text, String... secrets) {
        String hidden = text;
        for (String secret : secrets) {
            if (secret != null && secret.length() >= SHORTEST) {
                hidden = hidden.replace(secret, "•••");
            }
        }
        return hidden;
    }
}
