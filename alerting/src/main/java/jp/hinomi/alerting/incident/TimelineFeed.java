package jp.hinomi.alerting.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes into the timeline what is stored elsewhere: alerts, messages and reports that went out or did not, answers. Each of them once,
 * however often and by however many it is called, in a transaction of the caller. Thread-safe.
 */
public final class TimelineFeed {
    private static final String ALERTS = """
            select 'alert:' || a.id as ref, a.raised_at as occurred, a.title_ja, a.title_en, a.tlp,
                array(select stakeholder_id from alert_stakeholder s where s.alert_id = a.id) as orgs,
                '' as stakeholder, '' as contact, '' as channel, '' as state, '' as note, a.event_count as n
            from incident_alert ia join alert a on a.id = ia.alert_id
            where ia.incident_id = :incident and ia.detached_at is null
            """;

    /** A notice that went out with others in a digest was told when the digest was. */
    private static final String MESSAGES = """
            select 'delivery:' || d.id || ':' || coalesce(g.state, d.state) as ref,
                coalesce(g.finished_at, d.finished_at) as occurred, a.title_ja, a.title_en, a.tlp,
                array[d.stakeholder_id] as orgs, d.stakeholder_id as stakeholder, d.contact_id as contact,
                d.channel_type as channel, coalesce(g.state, d.state) as state, '' as note, 0 as n
            from incident_alert ia join alert a on a.id = ia.alert_id join delivery d on d.alert_id = a.id
                left join delivery g on g.id = d.digest_id
            where ia.incident_id = :incident and ia.detached_at is null
              and coalesce(g.state, d.state) in ('sent', 'dead')
            """;

    private static final String ANSWERS = """
            select 'answer:' || k.id as ref, k.at as occurred, a.title_ja, a.title_en, a.tlp,
                case when k.stakeholder_id is null then array[]::text[] else array[k.stakeholder_id] end as orgs,
                coalesce(k.stakeholder_id, '') as stakeholder, coalesce(k.contact_id, '') as contact,
                k.actor as channel, k.kind as state, k.note, 0 as n
            from incident_alert ia join alert a on a.id = ia.alert_id join acknowledgement k on k.alert_id = a.id
            where ia.incident_id = :incident and ia.detached_at is null
            """;

    private static final String REPORTS = """
            select 'sending:' || s.id || ':' || d.state as ref, d.finished_at as occurred,
                coalesce(r.form -> 'name' ->> 'ja', r.form_id) as title_ja,
                coalesce(r.form -> 'name' ->> 'en', r.form_id) as title_en, s.tlp,
                array[s.stakeholder_id] as orgs, s.stakeholder_id as stakeholder, s.contact_id as contact,
                s.channel_type as channel, d.state, s.sha256 as note, r.seq as n
            from report_sending s join report r on r.id = s.report_id join delivery d on d.id = s.delivery_id
            where r.incident_id = :incident and d.state in ('sent', 'dead')
            """;

    private static final String NEW_ONLY = """
            select * from (%s) found where not exists (
                select 1 from timeline_entry t where t.incident_id = :incident and t.raw_ref = found.ref)
            order by occurred""";

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Texts texts;
    private final CityInForce city;

    public TimelineFeed(JdbcClient jdbc, Timeline timeline, Texts texts, CityInForce city) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.texts = texts;
        this.city = city;
    }

    private record Found(
            String ref,
            Instant occurred,
            String ja,
            String en,
            Tlp tlp,
            List<String> orgs,
            String stakeholder,
            String contact,
            String channel,
            String state,
            String note,
            long count) {}

    /** How many entries came. */
    public int update(long incident, Instant now) {
        int added = 0;
        for (TimelineEntry.Type type : List.of(
                TimelineEntry.Type.ALERT,
                TimelineEntry.Type.NOTIFICATION,
                TimelineEntry.Type.ANSWER,
                TimelineEntry.Type.REPORT)) {
            for (Found found : find(incident, type)) {
                added += timeline.add(incident, entry(type, found, now)) ? 1 : 0;
            }
        }
        return added;
    }

    private List<Found> find(long incident, TimelineEntry.Type type) {
        String sql = switch (type) {
            case ALERT -> ALERTS;
            case NOTIFICATION -> MESSAGES;
            case REPORT -> REPORTS;
            default -> ANSWERS;
        };
        return jdbc.sql(NEW_ONLY.formatted(sql))
                .param("incident", incident)
                .query((row, number) -> found(row))
                .list();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getString("ref"),
                Columns.instant(row, "occurred"),
                row.getString("title_ja"),
                row.getString("title_en"),
                Tlp.values()[row.getInt("tlp")],
                List.of((String[]) row.getArray("orgs").getArray()),
                row.getString("stakeholder"),
                row.getString("contact"),
                row.getString("channel"),
                row.getString("state"),
                row.getString("note"),
                row.getLong("n"));
    }

    private TimelineEntry entry(TimelineEntry.Type type, Found found, Instant now) {
        // The promoter leads: nothing is kept from it.
        List<String> visible = new ArrayList<>(new TreeSet<>(found.orgs()));
        if (!visible.contains(city.get().promoter().id())) {
            visible.add(city.get().promoter().id());
        }
        return new TimelineEntry(
                0,
                found.occurred(),
                now,
                city.get().zone().getId(),
                type,
                true,
                "system",
                text(type, found, "ja"),
                text(type, found, "en"),
                type != TimelineEntry.Type.NOTIFICATION && type != TimelineEntry.Type.REPORT,
                found.tlp(),
                false,
                visible,
                Optional.of(found.ref()),
                Optional.empty());
    }

    private String text(TimelineEntry.Type type, Found found, String language) {
        String title = IncidentText.cut(IncidentText.line("ja".equals(language) ? found.ja() : found.en()), 300);
        String who = found.contact().isEmpty()
                ? IncidentText.line(found.channel())
                : city.get()
                        .contact(found.contact())
                        .map(of -> of.stakeholder().name(language) + " (" + found.contact() + ")")
                        .orElse(found.contact());
        String note = IncidentText.cut(IncidentText.line(found.note()), 1000);
        return switch (type) {
            case ALERT -> texts.get(language, "timeline.auto.alert", title, found.count());
            case NOTIFICATION ->
                texts.get(
                        language,
                        "timeline.auto." + found.state(),
                        who,
                        texts.channel(language, found.channel()),
                        title);
            case REPORT ->
                texts.get(
                        language,
                        "timeline.auto.report-sent." + found.state(),
                        who,
                        title,
                        found.count(),
                        texts.channel(language, found.channel()),
                        found.note());
            default ->
                texts.get(language, "timeline.auto.answer." + found.state(), who, title)
                        + (note.isEmpty() ? "" : texts.get(language, "timeline.auto.with-note", note));
        };
    }
}
