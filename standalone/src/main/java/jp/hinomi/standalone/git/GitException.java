package jp.hinomi.standalone.git;

/** What git does not know, or that there is no git; the message says what to do. */
public final class GitException extends Exception {
    private static final long serialVersionUID = 1;

    GitException(String message) {
        super(message);
    }
}
