package jp.hinomi.standalone.up;

/** Hears how starting goes on. Called from several threads. */
public interface Progress {
    void begun(Step step);

    /** @param detail an address or a count; may be empty */
    void done(Step step, String detail);

    void failed(Step step);

    /** Something odd that does not keep anything from starting. */
    void warning(String text);
}
