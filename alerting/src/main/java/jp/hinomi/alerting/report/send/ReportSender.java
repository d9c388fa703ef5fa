package jp.hinomi.alerting.report.send;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.AttachedFile;
import jp.hinomi.alerting.delivery.DeliveryFiles;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends finished reports to whom they are for, when a person says so: by mail with the report attached, over other channels with a
 * link to their own pages. Never by itself. Thread-safe.
 */
public final class ReportSender {
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Reports reports;
    private final ReportFiles files;
    private final OwnMessages messages;
    private final DeliveryFiles attached;
    private final Sendings sendings;
    private final CoverWriter writer;
    private final CityInForce city;
    private final Runnable wake;

    /** @param wake called when something waits to be sent */
    public ReportSender(
            TransactionTemplate transaction,
            AuditLog audit,
            Reports reports,
            ReportFiles files,
            OwnMessages messages,
            DeliveryFiles attached,
            Sendings sendings,
            CoverWriter writer,
            CityInForce city,
            Runnable wake) {
        this.transaction = transaction;
        this.audit = audit;
        this.reports = reports;
        this.files = files;
        this.messages = messages;
        this.attached = attached;
        this.sendings = sendings;
        this.writer = writer;
        this.city = city;
        this.wake = wake;
    }

    public Sendings sendings() {
        return sendings;
    }

    /** Every way to whom the report is for, in the order of the map; none to an office that the map does not have. */
    public List<Way> ways(Report report) {
        Optional<Stakeholder> known =
                Optional.ofNullable(city.get().stakeholders().get(report.recipient()));
        if (known.isEmpty()) {
            return List.of();
        }
        boolean account = sendings.hasAccount(known.get().id());
        ReportDocument document = reports.document(report);
        List<Way> ways = new ArrayList<>();
        for (Contact contact : known.get().contacts()) {
            for (Channel channel : contact.channels()) {
                City.ContactOf to = new City.ContactOf(known.get(), contact);
                if (channel instanceof Channel.Email) {
                    ways.add(new Way(to, channel, true, refused(document, to, channel)));
                } else if (account && !channel.type().equals("voice")) {
                    // It says that there is a report, and where: nothing that a label covers.
                    ways.add(new Way(to, channel, false, Optional.empty()));
                }
            }
        }
        return ways;
    }

    /** What would be shown to whom, and why not. */
    private static Optional<CaseworkRefusal> refused(ReportDocument document, City.ContactOf to, Channel channel) {
        Tlp label = Tlp.ofWord(document.tlp());
        Tlp clearance = Recipient.clearance(to.stakeholder(), to.contact(), channel);
        return label.compareTo(clearance) <= 0
                ? Optional.empty()
                : Optional.of(new CaseworkRefusal(
                        CaseworkRefusal.Why.REPORT_CHANNEL,
                        to.contact().id(),
                        document.incident().number() + " " + document.form().id(),
                        label.word(),
                        channel.type() + " " + channel.address(),
                        clearance.word()));
    }

    /** Why it may go to nobody now; absent if nothing is in the way. */
    public Optional<CaseworkRefusal> withheld(Report report) {
        return report.state() == Report.State.SUBMITTED
                ? reports.withheld(report)
                : Optional.of(new CaseworkRefusal(CaseworkRefusal.Why.REPORT_UNFINISHED));
    }

    /**
     * A channel that is meant.
     *
     * @param address absent if the contact has one channel of that type
     */
    public record Choice(String contact, String channel, Optional<String> address) {
        boolean means(Way way) {
            return way.contact().equals(contact)
                    && way.channel().type().equals(channel)
                    && address.map(way.channel().address()::equals).orElse(true);
        }

        private String words() {
            return contact + " " + channel + address.map(to -> " " + to).orElse("");
        }
    }

    /**
     * Puts it into the outbox for each of them, or for none.
     *
     * @param again whether it goes once more to where it arrived before
     * @return all that was ever sent of the report
     * @throws CaseworkRefusal if it may not go there, saying what would be shown to whom
     * @throws jp.hinomi.alerting.report.out.ReportFonts.MissingFontException if a PDF cannot be drawn on this machine
     */
    public List<Sending> send(Report given, List<Choice> choices, boolean again, String actor, Instant now) {
        if (choices.isEmpty()) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.REPORT_WHERETO);
        }
        // Drawn before anything is locked.
        List<AttachedFile> drawn = given.state() == Report.State.SUBMITTED ? files.attached(given) : List.of();
        List<Sending> all = Objects.requireNonNull(transaction.execute(status -> {
            sendings.lock(given.id());
            Report report = reports.find(given.id()).orElseThrow();
            withheld(report).ifPresent(refusal -> {
                throw refusal;
            });
            List<Way> ways = ways(report);
            List<Sending> before = sendings.of(report.id());
            for (Choice choice : choices) {
                Way way = way(ways, choice);
                send(report, way, drawn, earlier(before, way, again), actor, now);
            }
            return sendings.of(report.id());
        }));
        wake.run();
        return all;
    }

    private static Way way(List<Way> ways, Choice choice) {
        Way way = ways.stream()
                .filter(choice::means)
                .findFirst()
                .orElseThrow(() -> new CaseworkRefusal(
                        CaseworkRefusal.Why.REPORT_NO_WAY,
                        choice.words(),
                        ways.isEmpty()
                                ? "—"
                                : String.join(", ", ways.stream().map(Way::key).toList())));
        way.refused().ifPresent(refusal -> {
            throw refusal;
        });
        return way;
    }

    /** How often it was sent that way; refused while one is under way, and where one arrived unless it is meant. */
    private static long earlier(List<Sending> before, Way way, boolean again) {
        List<Sending> same = before.stream()
                .filter(each -> each.contact().equals(way.contact())
                        && each.channel().equals(way.channel().type())
                        && each.address().equals(way.channel().address()))
                .toList();
        if (same.stream().anyMatch(each -> each.state().equals("pending"))) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.REPORT_UNDER_WAY, way.key());
        }
        if (!again && same.stream().anyMatch(each -> each.state().equals("sent"))) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.REPORT_ARRIVED, way.key());
        }
        return same.size();
    }

    private void send(Report report, Way way, List<AttachedFile> drawn, long earlier, String actor, Instant now) {
        ReportDocument document = reports.document(report);
        String hash = report.submission().orElseThrow().sha256();
        Tlp label = Tlp.ofWord(document.tlp());
        List<AttachedFile> with = way.attached() ? drawn : List.of();
        OwnMessages.Draft draft = new OwnMessages.Draft(
                "notice",
                "report-sent",
                "report",
                "report-sent|" + report.id() + "|" + way.key() + "|" + earlier,
                way.to(),
                way.channel(),
                way.attached() ? label : Tlp.CLEAR,
                List.of(writer.reason(report)),
                city.get().notification().delivery().deadline());
        boolean account = sendings.hasAccount(way.to().stakeholder().id());
        long delivery = messages.add(draft, now, own -> writer.write(own, report, document, way, with, account, now))
                .orElseThrow(() -> new CaseworkRefusal(CaseworkRefusal.Why.REPORT_UNDER_WAY, way.key()));
        attached.add(delivery, with);
        sendings.add(report.id(), delivery, way, label, hash, actor, now);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("stakeholder", way.to().stakeholder().id());
        facts.put("contact", way.contact());
        facts.put("channel", way.channel().type());
        facts.put("address", way.channel().address());
        facts.put("delivery", delivery);
        facts.put("tlp", label.word());
        facts.put("sha256", hash);
        facts.put("files", Sendings.hashes(with));
        audit.record(now, actor, "report.sent", "report:" + report.id(), facts);
    }
}
