package jp.hinomi.alerting.delivery;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that go with mails, kept as they go. Thread-safe. */
public final class DeliveryFiles implements MailTransport.Files {
    private final JdbcClient jdbc;

    public DeliveryFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Belongs into the transaction that writes the message. */
    public void add(long delivery, List<AttachedFile> files) {
        for (int place = 0; place < files.size(); place++) {
            AttachedFile file = files.get(place);
            jdbc.sql("""
                    insert into delivery_file (delivery_id, place, name, media_type, sha256, bytes)
                    values (:delivery, :place, :name, :type, :hash, :bytes)""")
                    .param("delivery", delivery)
                    .param("place", place)
                    .param("name", file.name())
                    .param("type", file.type())
                    .param("hash", file.sha256())
                    .param("bytes", file.bytes())
                    .update();
        }
    }

    @Override
    public List<AttachedFile> of(long delivery) {
        return jdbc.sql(
                        "select name, media_type, bytes from delivery_file where delivery_id = :delivery order by place")
                .param("delivery", delivery)
                .query((row, n) ->
                        new AttachedFile(row.getString("name"), row.getString("media_type"), row.getBytes("bytes")))
                .list();
    }
}
