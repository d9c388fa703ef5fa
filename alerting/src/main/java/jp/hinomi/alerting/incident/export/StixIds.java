package jp.hinomi.alerting.incident.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that are the same for the same thing, whoever asks and whenever (UUIDv5, RFC 9562 section 5.5). Stateless. */
final class StixIds {
    /** STIX 2.1 section 2.9: of observables, from what they are. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /** Of our own. */
    private static final UUID OURS = UUID.fromString("6f0c3b52-8d8e-5c0b-9a55-3d3f2f6f7a10");

    private StixIds() {}

    /** @param properties the contributing ones as canonical JSON */
    static String observable(String type, String properties) {
        return type + "--" + uuid(OBSERVABLES, properties);
    }

    static String own(String type, String name) {
        return type + "--" + uuid(OURS, type + ":" + name);
    }

    static UUID uuid(UUID space, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(space.getMostSignificantBits())
                    .putLong(space.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long most = hash.getLong() & ~0xF000L | 0x5000L;
            long least = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(most, least);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
