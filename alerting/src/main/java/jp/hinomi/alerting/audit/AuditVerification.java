package jp.hinomi.alerting.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.AlertingStartException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Verifies the audit log and its checkpoints; alerting may run meanwhile or not. Changes nothing. */
public final class AuditVerification {
    private AuditVerification() {}

    /** What is wrong, at a row. */
    public record Finding(Kind kind, long seq) {
        public enum Kind {
            /** The row does not follow from the one before it: it, or one before, was changed or removed. */
            BROKEN,
            /** A checkpoint says that the log was longer: its end was cut off. */
            CUT_OFF,
            /** The row is not the one that a checkpoint saw: the log was written anew from there or before. */
            REWRITTEN,
            /** The checkpoint's signature is not genuine. */
            FORGED,
            /** The checkpoint in the file is signed with another key than the others. */
            OTHER_KEY;

            /** The word in messages and JSON: {@code cut-off}. */
            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            }
        }
    }

    /**
     * @param rows of the log
     * @param checkpoints that were compared, those of the file included
     * @param last number of the last row that a checkpoint covers; what came later may be cut off without being noticed
     */
    public record Report(long rows, int checkpoints, long last, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        public boolean isWhole() {
            return findings.isEmpty();
        }
    }

    /**
     * @param file of checkpoints, kept where whoever can change the database cannot
     * @throws AlertingStartException if the database does not work, or the file cannot be read
     */
    public static Report verify(AlertingSettings.Database database, Optional<Path> file) {
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        try {
            return verify(
                    JdbcClient.create(source), file.map(AuditVerification::read).orElse(List.of()));
        } catch (DataAccessException e) {
            throw new AlertingStartException(
                    "The database " + database + " does not work: " + e.getMessage()
                            + ". Check its address, user and password, and that it runs.",
                    e);
        }
    }

    /** @param outside checkpoints that are kept outside of the database */
    static Report verify(JdbcClient jdbc, List<Checkpoint> outside) {
        Set<Checkpoint> checkpoints = new LinkedHashSet<>(new Checkpoints(jdbc, Optional.empty()).all());
        checkpoints.addAll(outside);
        List<Finding> findings = new ArrayList<>();
        TreeMap<Long, String> expected = new TreeMap<>();
        String key = checkpoints.stream().findFirst().map(Checkpoint::key).orElse("");
        for (Checkpoint checkpoint : checkpoints) {
            if (!checkpoint.isGenuine()) {
                findings.add(new Finding(Finding.Kind.FORGED, checkpoint.seq()));
            } else if (!checkpoint.key().equals(key)) {
                findings.add(new Finding(Finding.Kind.OTHER_KEY, checkpoint.seq()));
            }
            String other = expected.put(checkpoint.seq(), checkpoint.hash());
            if (other != null && !other.equals(checkpoint.hash())) {
                findings.add(new Finding(Finding.Kind.REWRITTEN, checkpoint.seq()));
            }
        }
        AuditLog.Verification chain = new AuditLog(jdbc).verify(expected);
        chain.broken().ifPresent(seq -> findings.add(new Finding(Finding.Kind.BROKEN, seq)));
        chain.rewritten().ifPresent(seq -> findings.add(new Finding(Finding.Kind.REWRITTEN, seq)));
        long last = expected.isEmpty() ? 0 : expected.lastKey();
        if (last > chain.rows()) {
            findings.add(new Finding(Finding.Kind.CUT_OFF, chain.rows() + 1));
        }
        return new Report(
                chain.rows(),
                checkpoints.size(),
                last,
                findings.stream().distinct().toList());
    }

    private static List<Checkpoint> read(Path file) {
        try {
            List<Checkpoint> checkpoints = new ArrayList<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    int number = i + 1;
                    checkpoints.add(Checkpoint.ofLine(lines.get(i))
                            .orElseThrow(() -> new AlertingStartException(
                                    file + " line " + number + " is no audit checkpoint: name the file that"
                                            + " HINOMI_AUDIT_CHECKPOINTS named when it was written.",
                                    null)));
                }
            }
            return checkpoints;
        } catch (IOException e) {
            throw new AlertingStartException(
                    "The audit checkpoints in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
