package jp.hinomi.city;

import java.util.IdentityHashMap;
import java.util.Map;
import jp.hinomi.events.document.Location;

/** Where the parts of a city stand in its files, so that what is found later can name the line. Not thread-safe. */
final class Places {
    private final Map<Object, Location> places = new IdentityHashMap<>();

    <T> T put(T part, Location at) {
        places.put(part, at);
        return part;
    }

    /** The place of the part; only the name of the file if the city was not read from files with places. */
    Location of(Object part, String file) {
        return places.getOrDefault(part, Location.ofFile(file));
    }
}
