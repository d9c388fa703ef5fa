package jp.hinomi.city;

/** A value that cannot be what it stands for; turned into a problem with its place by {@link Form}. */
final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String remedy;

    Mistake(String code, String message, String remedy) {
        super(message, null, false, false);
        this.code = code;
        this.remedy = remedy;
    }

    String code() {
        return code;
    }

    String remedy() {
        return remedy;
    }
}
