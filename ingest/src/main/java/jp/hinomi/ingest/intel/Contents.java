package jp.hinomi.ingest.intel;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;

/**
 * Everything an index holds: records, the postings that lead from keys to them, and what readers must know before they
 * look. One writer; readers take the newest contents once per event and see each posting whole or not at all.
 */
final class Contents {
    final Hashing hashing;
    final SlotTable keys = new SlotTable();
    /** Apart from the other keys because an address is looked up with every prefix length that occurs. */
    final SlotTable blocks = new SlotTable();

    final Arena arena = new Arena();
    private final Words words;
    private final Words texts;
    private final RecordWriter writer;
    /** What a key is not enough for, by record. */
    private final Map<Integer, Residual> residuals = new ConcurrentHashMap<>();

    private final IntPages records = new IntPages();
    private final IntPages next = new IntPages();
    private final IntPages keyOffsets = new IntPages();
    private int postings;

    /** Bit per {@link Subject} that an indicator asks about. */
    private volatile long subjects;
    /** Of IPv4; null if there are none. */
    private volatile BlockLengths lengths4;

    /** Prefix lengths of blocks of IPv6. */
    private volatile byte[] lengths6 = {};

    private volatile boolean trees;

    private volatile int live;
    private int dead;

    Contents(Hashing hashing) {
        this(hashing, new Words(), new Words());
    }

    private Contents(Hashing hashing, Words words, Words texts) {
        this.hashing = hashing;
        this.words = words;
        this.texts = texts;
        this.writer = new RecordWriter(words, texts);
    }

    /** The same without what is dead. */
    Contents compacted() {
        Contents fresh = new Contents(hashing, words, texts);
        for (int block = 0; block < arena.blockCount(); block++) {
            byte[] bytes = arena.blockAt(block);
            for (int at = 0; at < arena.endOf(block); at += Record.length(bytes, at)) {
                if (!Record.isDead(bytes, at)) {
                    fresh.copy(bytes, at, residuals.get(Arena.address(block, at)));
                }
            }
        }
        return fresh;
    }

    private void copy(byte[] bytes, int at, Residual residual) {
        int length = Record.length(bytes, at);
        int record = arena.add(bytes, at, length);
        if (residual != null) {
            residuals.put(record, residual);
        }
        Record.forEachKey(bytes, at, (key, offset) -> link(key, record, offset));
        live = live + 1;
    }

    boolean asksAbout(int subject) {
        return (subjects >>> subject & 1) != 0;
    }

    /** Bit per prefix length of the blocks of IPv4 in which the address may lie. */
    int lengths4(long address) {
        BlockLengths known = lengths4;
        return known == null ? 0 : known.at(address);
    }

    byte[] lengths6() {
        return lengths6;
    }

    boolean hasTrees() {
        return trees;
    }

    int live() {
        return live;
    }

    int dead() {
        return dead;
    }

    int record(int posting) {
        return records.get(posting);
    }

    int next(int posting) {
        return next.get(posting);
    }

    /** Whether the posting is of that key; a chain may hold others whose hash is the same. */
    boolean isOf(int posting, int kind, byte[] key) {
        int record = records.get(posting);
        return Record.keyIs(arena.block(record), Arena.offset(record) + keyOffsets.get(posting), kind, key);
    }

    /** The address of the live record with that id, or -1. */
    int find(String id) {
        Key key = new Key(Kinds.ID, id);
        byte[] bytes = null;
        for (int at = keys.find(key.hash(hashing)); at >= 0; at = next.get(at)) {
            int record = records.get(at);
            if (!Record.isDead(arena.block(record), Arena.offset(record))) {
                bytes = bytes == null ? key.bytes() : bytes;
                if (isOf(at, Kinds.ID, bytes)) {
                    return record;
                }
            }
        }
        return -1;
    }

    Indicator read(int record) {
        return Record.read(arena.block(record), Arena.offset(record), words, texts);
    }

    void kill(int record) {
        Record.kill(arena.block(record), Arena.offset(record));
        residuals.remove(record);
        live = live - 1;
        dead++;
    }

    void add(IntelIndex.Ways ways) {
        writer.write(ways);
        int record = arena.add(writer.bytes(), 0, writer.length());
        if (ways.residual() != null) {
            residuals.put(record, ways.residual());
        }
        for (int i = 0; i < ways.keys().size(); i++) {
            link(ways.keys().get(i), record, writer.keyOffset(i));
        }
        live = live + 1;
    }

    /** Whether the record says anything about that time. */
    boolean counts(int record, long millis) {
        byte[] block = arena.block(record);
        int at = Arena.offset(record);
        return !Record.isDead(block, at) && Record.isValidAt(block, at, millis);
    }

    /** Whether what a key led to also holds: the record's pattern, if it has one that must be asked. */
    boolean holds(int record, SecurityEvent event) {
        if (!Record.isResidual(arena.block(record), Arena.offset(record))) {
            return true;
        }
        Residual residual = residuals.get(record);
        return residual != null && residual.holds(event);
    }

    private void link(Key key, int record, int keyOffset) {
        SlotTable table = key.kind() == Kinds.BLOCK ? blocks : keys;
        long hash = key.hash(hashing);
        int posting = postings++;
        records.set(posting, record);
        keyOffsets.set(posting, keyOffset);
        next.set(posting, table.find(hash));
        table.put(hash, posting);
        announce(key);
    }

    /** Lets readers know that there is something of that kind. */
    private void announce(Key key) {
        switch (key.kind()) {
            case Kinds.ID -> {}
            case Kinds.URL_HOST -> ask(Subject.URL.ordinal());
            case Kinds.BLOCK -> {
                int slash = key.text().indexOf('/');
                int length = Integer.parseInt(key.text().substring(slash + 1));
                IpBits block = new IpBits();
                if (!block.parse(key.text().substring(0, slash))) {
                    throw new IllegalStateException("not a canonical block: " + key.text());
                }
                if (block.width == IpBits.V4_BITS) {
                    BlockLengths known = lengths4 == null ? new BlockLengths() : lengths4;
                    known.add(length, block.low);
                    lengths4 = known;
                } else {
                    lengths6 = with(lengths6, (byte) length);
                }
                ask(Subject.IP.ordinal());
            }
            case Kinds.TREE -> {
                trees = true;
                ask(Subject.DOMAIN.ordinal());
            }
            default -> {
                if (key.kind() == Subject.URL.ordinal()) {
                    announceHost(key.text());
                }
                ask(key.kind());
            }
        }
    }

    private void ask(int subject) {
        if (!asksAbout(subject)) {
            subjects = subjects | 1L << subject;
        }
    }

    /** A host stands for no indicator: its slot leads to a posting without a successor, which no key is equal to. */
    private void announceHost(String url) {
        int start = Urls.hostStart(url);
        int end = Urls.hostEnd(url, start);
        int host = Urls.nameStart(url, start, end);
        long hash = hashing.name(Kinds.URL_HOST, url, host, Urls.nameEnd(url, host, end));
        if (keys.find(hash) == SlotTable.NONE) {
            keys.put(hash, postings - 1);
        }
    }

    private static byte[] with(byte[] lengths, byte length) {
        for (byte known : lengths) {
            if (known == length) {
                return lengths;
            }
        }
        byte[] more = Arrays.copyOf(lengths, lengths.length + 1);
        more[lengths.length] = length;
        return more;
    }

    /** Every live record, in the order in which they came. */
    void forEach(Consumer<Indicator> visitor) {
        for (int block = 0; block < arena.blockCount(); block++) {
            byte[] bytes = arena.blockAt(block);
            for (int at = 0; at < arena.endOf(block); at += Record.length(bytes, at)) {
                if (!Record.isDead(bytes, at)) {
                    visitor.accept(Record.read(bytes, at, words, texts));
                }
            }
        }
    }
}
