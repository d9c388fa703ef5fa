package jp.hinomi.ingest.decode.aws;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;

/** A digest file of CloudTrail's log file validation: which log files there are, and their hashes. Stateless. */
final class DigestFile {
    private static final Field ACCOUNT = Fields.of("cloud.account.id");
    private static final String PREFIX = "aws.cloudtrail.flattened.digest";
    private static final Field START = Fields.of(PREFIX + ".start_time");
    private static final Field END = Fields.of(PREFIX + ".end_time");
    private static final Field NEWEST = Fields.of(PREFIX + ".newest_event_time");
    private static final Field OLDEST = Fields.of(PREFIX + ".oldest_event_time");
    private static final Field BUCKET = Fields.of(PREFIX + ".s3_bucket");
    private static final Field PREVIOUS_BUCKET = Fields.of(PREFIX + ".previous_s3_bucket");
    private static final Field PREVIOUS_HASH = Fields.of(PREFIX + ".previous_hash");
    private static final Field PREVIOUS_ALGORITHM = Fields.of(PREFIX + ".previous_hash_algorithm");
    private static final Field FINGERPRINT = Fields.of(PREFIX + ".public_key_fingerprint");
    private static final Field SIGNATURE = Fields.of(PREFIX + ".signature_algorithm");
    private static final VendorFields LOG_FILES =
            new VendorFields(PREFIX, java.util.Set.of(), java.util.Map.of("logFiles", PREFIX + ".log_files"));

    private DigestFile() {}

    static void describe(JsonObject digest, EventDraft event) {
        event.text(Fields.EVENT_TYPE, "info").outcome(true);
        event.text(ACCOUNT, digest.text("awsAccountId"));
        event.text(Fields.FILE_PATH, digest.text("digestS3Object"));
        event.text(START, CloudTrailFields.time(digest.text("digestStartTime")));
        event.text(END, CloudTrailFields.time(digest.text("digestEndTime")));
        event.text(NEWEST, CloudTrailFields.time(digest.text("newestEventTime")));
        event.text(OLDEST, CloudTrailFields.time(digest.text("oldestEventTime")));
        event.text(BUCKET, digest.text("digestS3Bucket")).text(PREVIOUS_BUCKET, digest.text("previousDigestS3Bucket"));
        // The hash of the file before; this file's own is not in it.
        String previous = digest.text("previousDigestHashValue");
        event.text(PREVIOUS_HASH, previous).relatedHash(previous);
        event.text(PREVIOUS_ALGORITHM, digest.text("previousDigestHashAlgorithm"));
        event.text(FINGERPRINT, digest.text("digestPublicKeyFingerprint"));
        event.text(SIGNATURE, digest.text("digestSignatureAlgorithm"));
        LOG_FILES.put(digest.only("logFiles"), event);
    }
}
