package jp.hinomi.ingest.decode.web;

import java.util.Locale;

/**
 * Reads the header User-Agent (RFC 9110 section 10.1.5) of browsers, libraries and robots. It looks for a fixed number of words,
 * so the time is in proportion to the text, which regular expressions of the usual collections do not promise.
 */
final class UserAgentText {
    /** Word, name, and name on a phone; of several that occur the first of this list counts, because browsers name their ancestors. */
    private static final String[][] BROWSERS = {
        {"EdgA/", "Edge Mobile", "Edge Mobile"},
        {"EdgiOS/", "Edge Mobile", "Edge Mobile"},
        {"Edg/", "Edge", "Edge Mobile"},
        {"Edge/", "Edge", "Edge Mobile"},
        {"OPR/", "Opera", "Opera Mobile"},
        {"SamsungBrowser/", "Samsung Internet", "Samsung Internet"},
        {"YaBrowser/", "Yandex Browser", "Yandex Browser"},
        {"Vivaldi/", "Vivaldi", "Vivaldi"},
        {"CriOS/", "Chrome Mobile iOS", "Chrome Mobile iOS"},
        {"FxiOS/", "Firefox iOS", "Firefox iOS"},
        {"HeadlessChrome/", "HeadlessChrome", "HeadlessChrome"},
        {" Line/", "LINE", "LINE"},
        {"FBAV/", "Facebook", "Facebook"},
        {"Firefox/", "Firefox", "Firefox Mobile"},
        {"Chrome/", "Chrome", "Chrome Mobile"},
        {"MSIE ", "IE", "IE Mobile"},
    };

    /** By the number of the kernel. */
    private static final String[][] WINDOWS = {
        {"10.0", "10"},
        {"6.3", "8.1"},
        {"6.2", "8"},
        {"6.1", "7"},
        {"6.0", "Vista"},
        {"5.2", "XP"},
        {"5.1", "XP"},
        {"5.0", "2000"},
    };

    /** The one tool with a space in its name that most servers see. */
    private static final String APT = "Debian APT-HTTP/";

    private static final int MAX_NAME = 48;
    private static final int MAX_VERSION = 32;

    private final String text;

    private UserAgentText(String text) {
        this.text = text;
    }

    static UserAgent read(String text) {
        return new UserAgentText(text).read();
    }

    private UserAgent read() {
        String[] system = system();
        String device = device(system[0]);
        int robot = robot();
        if (robot >= 0) {
            int slash = text.indexOf('/', robot);
            return new UserAgent(text.substring(robot, slash), version(slash + 1), system[0], system[1], "Spider");
        }
        if (!text.startsWith("Mozilla/") && !text.startsWith("Opera/")) {
            return product(system, device);
        }
        boolean mobile = text.contains("Mobile") || "Android".equals(system[0]);
        for (String[] browser : BROWSERS) {
            int at = text.indexOf(browser[0]);
            if (at >= 0) {
                boolean view = browser[0].equals("Chrome/") && text.contains("; wv)");
                String name = view ? "Chrome Mobile WebView" : browser[mobile ? 2 : 1];
                int from = at + browser[0].length();
                return browser[0].equals("Firefox/")
                        ? firefox(name, from, system, device)
                        : new UserAgent(name, version(from), system[0], system[1], device);
            }
        }
        int explorer = text.contains("Trident/") ? text.indexOf("rv:") : -1;
        if (explorer >= 0) {
            return new UserAgent("IE", version(explorer + 3), system[0], system[1], device);
        }
        int safari = text.contains("Safari/") ? text.indexOf("Version/") : -1;
        if (safari >= 0) {
            String name = "Android".equals(system[0]) ? "Android" : mobile ? "Mobile Safari" : "Safari";
            return new UserAgent(name, version(safari + "Version/".length()), system[0], system[1], device);
        }
        boolean view = "iOS".equals(system[0]) && text.contains("AppleWebKit/");
        return new UserAgent(view ? "Mobile Safari UI/WKWebView" : UserAgent.OTHER, null, system[0], system[1], device);
    }

    /** {@code 15.0a2} is an alpha version, {@code 15.0b9} a beta. */
    private UserAgent firefox(String name, int from, String[] system, String device) {
        String version = version(from);
        int end = from + (version == null ? 0 : version.length());
        char stage = end < text.length() ? text.charAt(end) : ' ';
        if ((stage == 'a' || stage == 'b') && end + 1 < text.length() && isDigit(text.charAt(end + 1))) {
            String early = version + "." + stage + text.charAt(end + 1);
            return new UserAgent(name + (stage == 'a' ? " Alpha" : " Beta"), early, system[0], system[1], device);
        }
        return new UserAgent(name, version, system[0], system[1], device);
    }

    /** Libraries and tools: what they call themselves first. */
    private UserAgent product(String[] system, String device) {
        if (text.startsWith(APT)) {
            return new UserAgent("Debian APT-HTTP", version(APT.length()), "Debian", null, device);
        }
        int slash = text.indexOf('/');
        boolean named = slash > 0 && slash <= MAX_NAME && nameStart(slash) == 0;
        String version = named ? version(slash + 1) : null;
        String name = named ? text.substring(0, slash) : UserAgent.OTHER;
        if (name.equals("python-requests")) {
            name = "Python Requests";
        }
        return new UserAgent(name, version, system[0], system[1], device);
    }

    /** The index where the name of a robot begins that is followed by a slash, or -1. */
    private int robot() {
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            int start = nameStart(slash);
            String name =
                    slash - start > MAX_NAME ? "" : text.substring(start, slash).toLowerCase(Locale.ROOT);
            if (name.endsWith("bot") || name.endsWith("spider") || name.endsWith("crawler")) {
                return start;
            }
        }
        return -1;
    }

    private int nameStart(int end) {
        int start = end;
        while (start > 0 && end - start <= MAX_NAME && isName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /** Digits and points, underscores as points; null if there are none. */
    private String version(int from) {
        int at = from;
        if (at < text.length() && text.charAt(at) == 'v') {
            at++;
        }
        int end = at;
        while (end < text.length() && end - at < MAX_VERSION && isVersion(text.charAt(end))) {
            end++;
        }
        while (end > at && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        return end == at || !isDigit(text.charAt(at))
                ? null
                : text.substring(at, end).replace('_', '.');
    }

    private static boolean isVersion(char c) {
        return isDigit(c) || c == '.' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Name and version; either may be null. */
    private String[] system() {
        int windows = text.indexOf("Windows NT ");
        if (windows >= 0) {
            String kernel = version(windows + "Windows NT ".length());
            for (String[] known : WINDOWS) {
                if (known[0].equals(kernel)) {
                    return new String[] {"Windows", known[1]};
                }
            }
            return new String[] {"Windows", null};
        }
        if (text.contains("iPhone") || text.contains("iPad") || text.contains("iPod")) {
            int os = text.indexOf(" OS ");
            return new String[] {"iOS", os < 0 ? null : version(os + " OS ".length())};
        }
        int android = text.indexOf("Android");
        if (android >= 0) {
            return new String[] {"Android", version(android + "Android ".length())};
        }
        int mac = text.indexOf("Mac OS X");
        if (mac >= 0) {
            return new String[] {"Mac OS X", version(mac + "Mac OS X ".length())};
        }
        int chrome = text.indexOf("CrOS ");
        if (chrome >= 0) {
            int space = text.indexOf(' ', chrome + "CrOS ".length());
            return new String[] {"Chrome OS", space < 0 ? null : version(space + 1)};
        }
        if (text.contains("Ubuntu")) {
            return new String[] {"Ubuntu", version(text.indexOf("Ubuntu") + "Ubuntu/".length())};
        }
        int linux = text.indexOf("Linux");
        return linux < 0 ? new String[2] : new String[] {"Linux", version(linux + "Linux/".length())};
    }

    private String device(String system) {
        if ("iOS".equals(system)) {
            return text.contains("iPad") ? "iPad" : text.contains("iPod") ? "iPod" : "iPhone";
        }
        if ("Mac OS X".equals(system)) {
            return "Mac";
        }
        return "Android".equals(system) ? model() : UserAgent.OTHER;
    }

    /** {@code (Linux; Android 14; SM-S911J Build/UP1A; wv)}: what follows the system. */
    private String model() {
        int semicolon = text.indexOf(';', text.indexOf("Android"));
        int close = text.indexOf(')', Math.max(semicolon, 0));
        if (semicolon < 0 || close < 0) {
            return "Generic Smartphone";
        }
        int build = text.indexOf(" Build/", semicolon);
        int next = text.indexOf(';', semicolon + 1);
        int end = Math.min(build < 0 ? close : Math.min(build, close), next < 0 ? close : next);
        String model =
                text.substring(semicolon + 1, Math.max(semicolon + 1, end)).strip();
        if (model.isEmpty() || model.length() > MAX_NAME || model.equals("Mobile") || model.startsWith("rv:")) {
            return "Generic Smartphone";
        }
        return model.startsWith("SM-") ? "Samsung " + model : model.startsWith("Redmi") ? "XiaoMi " + model : model;
    }
}
