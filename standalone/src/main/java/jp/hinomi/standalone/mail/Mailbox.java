package jp.hinomi.standalone.mail;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest mails, at most 500: a demonstration that runs for a week must not fill the memory. Thread-safe. */
final class Mailbox {
    private static final int MOST = 500;

    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private long arrived;

    synchronized void add(String sender, String recipient, byte[] source) {
        mails.addLast(CaughtMail.parse(++arrived, Instant.now(), sender, recipient, source));
        if (mails.size() > MOST) {
            mails.removeFirst();
        }
    }

    /** Newest first. */
    synchronized List<CaughtMail> newestFirst() {
        List<CaughtMail> all = new ArrayList<>(mails);
        Collections.reverse(all);
        return all;
    }

    synchronized Optional<CaughtMail> find(long id) {
        return mails.stream().filter(mail -> mail.id() == id).findFirst();
    }

    /** How many have arrived since the beginning; changes when the page has to. */
    synchronized long arrived() {
        return arrived;
    }
}
