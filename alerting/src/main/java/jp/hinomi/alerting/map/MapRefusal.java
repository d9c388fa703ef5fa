package jp.hinomi.alerting.map;

import jp.hinomi.alerting.text.Reason;
import jp.hinomi.alerting.text.Refused;

/** Why a change of the map is not made; nothing was changed. */
public final class MapRefusal extends Refused {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code map.refused.}. */
    public enum Why implements Reason {
        /** There is no version of that number. */
        UNKNOWN,
        /** It is no draft any more: approved, or withdrawn. */
        NOT_A_DRAFT,
        /** Who made it wants to approve it. */
        OWN_DRAFT,
        /** Somebody else wants to change it. */
        NOT_YOURS,
        /** Another version came into force since it was begun. */
        OUTDATED,
        /** Another version came into force while the change was written. */
        OVERTAKEN,
        /** It is not what was looked at any more. */
        CHANGED,
        /** It says the same as the version in force. */
        SAME,
        /** A draft needs words on why. */
        NO_REASON,
        /** No version was in force at that time. */
        NONE_THEN,
        /** A city has no such file. */
        NO_FILE,
        /** A city has no such table. */
        NO_TABLE,
        /** A table is not given in Base64. */
        NO_BASE64,
        /** The files are longer than a city is. */
        TOO_LONG,
        /** Tables are not written so. */
        NO_CHARSET,
        /** A program wants to decide. */
        NO_PERSON,
        /** The files cannot be read. */
        UNUSABLE,
        /** An upload broke off. */
        UNREADABLE,
        /** It was decided by before versions were kept. */
        NOT_KEPT,
        /** There is no source of that id. */
        NO_SOURCE;

        @Override
        public String part() {
            return "map";
        }
    }

    /** @param details in the order of the texts: numbers of versions, names */
    public MapRefusal(Why why, Object... details) {
        super(why, details);
    }

    @Override
    public Why why() {
        return (Why) super.why();
    }
}
