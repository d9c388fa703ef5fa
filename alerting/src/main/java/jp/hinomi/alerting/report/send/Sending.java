package jp.hinomi.alerting.report.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.Tlp;

/**
 * A report that somebody sent.
 *
 * @param report its number
 * @param delivery the message
 * @param state of the message: {@code pending}, {@code sent} or {@code dead}
 * @param tlp of the report as it was submitted
 * @param sha256 of the document that was submitted
 * @param files that went with it; none of a message that only says where the report is
 * @param by who pressed the button
 * @param finished when it arrived, or was given up
 */
public record Sending(
        long id,
        long report,
        long delivery,
        String stakeholder,
        String contact,
        String channel,
        String address,
        String state,
        Tlp tlp,
        String sha256,
        List<File> files,
        String by,
        Instant asked,
        Optional<Instant> finished,
        Optional<String> error) {
    /** @param sha256 of its bytes */
    public record File(String name, String sha256) {}

    public Sending {
        files = List.copyOf(files);
    }
}
