package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Gateway;

/** Keeps telephones usable: so many messages per contact in a window. Pure. */
final class PhoneLimit {
    private PhoneLimit() {}

    static Optional<Hold> decide(Gateway gateway, int sent, Instant now) {
        if (sent < gateway.limit()) {
            return Optional.empty();
        }
        long minutes = Math.max(1, gateway.window().toMinutes());
        return Optional.of(new Hold(
                Hold.Kind.RATE,
                Hold.inbox(Hold.Kind.RATE, gateway.kind().word()),
                new Bilingual(
                        minutes + "分間に" + sent + "件（" + gateway.kind().word() + "）を送ったため、まとめて通知します。",
                        sent + " of " + gateway.kind().word() + " went to this contact in " + minutes
                                + " min: further ones come as one."),
                now.plus(gateway.window())));
    }
}
