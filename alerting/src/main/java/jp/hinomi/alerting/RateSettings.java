package jp.hinomi.alerting;

/**
 * How many requests a minute are answered; 0 = any number.
 *
 * @param apiPerMinute of one token, or of the sessions of one account, at {@code /api}
 * @param unknownPerMinute without a login, of one IPv4 address or one /64 network
 */
public record RateSettings(int apiPerMinute, int unknownPerMinute) {
    public static final RateSettings STANDARD = new RateSettings(3000, 300);

    public RateSettings {
        if (apiPerMinute < 0 || unknownPerMinute < 0) {
            throw new IllegalArgumentException("requests a minute are a number from 0, which is no limit");
        }
    }
}
