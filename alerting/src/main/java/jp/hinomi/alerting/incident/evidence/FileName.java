package jp.hinomi.alerting.incident.evidence;

import java.util.regex.Pattern;
import jp.hinomi.alerting.incident.IncidentText;

/** The name of a file as somebody gave it, made harmless: no folders, nothing that hides, nothing that a disk refuses. Stateless. */
final class FileName {
    static final int LONGEST = 150;

    /** What Windows keeps for itself, with any ending. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.DOTALL);

    private FileName() {}

    static String of(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String name = IncidentText.line(last).replaceAll("[<>:\"|?*;%]", "_").strip();
        name = name.replaceAll("^\\.+", "_").replaceAll("[. ]+$", "");
        if (DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        return name.isEmpty() ? "file" : name.length() <= LONGEST ? name : cut(name);
    }

    /** Without its middle: the ending says what it is. */
    private static String cut(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
        int end = LONGEST - ending.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + ending;
    }
}
