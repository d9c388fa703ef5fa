package jp.hinomi.correlation.engine.epl;

import java.util.HashMap;
import java.util.Map;

/** Which names of a statement stand for events of which stream: aliases, tags of patterns, parameters of lambdas. */
final class Scope {
    private final Scope outer;
    private final Map<String, EplStream> names = new HashMap<>();
    private EplStream unnamed;

    Scope(Scope outer) {
        this.outer = outer;
    }

    void name(String name, EplStream stream) {
        names.put(bare(name), stream);
    }

    /** The only stream, whose fields need no prefix. */
    void only(EplStream stream) {
        unnamed = stream;
    }

    /** The stream that the name stands for, or null. */
    EplStream of(String name) {
        EplStream stream = names.get(bare(name));
        return stream != null || outer == null ? stream : outer.of(name);
    }

    /** The stream of fields without a prefix, or null if there is none or are several. */
    EplStream unnamed() {
        return unnamed;
    }

    /** Without backticks. */
    static String bare(String name) {
        return name.replace("`", "");
    }
}
