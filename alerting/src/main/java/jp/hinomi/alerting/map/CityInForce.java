package jp.hinomi.alerting.map;

import jp.hinomi.city.City;

/**
 * The responsibility map that is in force now; it changes while Hinomi runs. Whoever needs the city holds this, never a
 * {@link City}, and asks when they decide.
 *
 * <p>Within one database transaction the answer is always the same, so that one decision never mixes two versions. Outside of
 * transactions ask once per piece of work.
 */
@FunctionalInterface
public interface CityInForce {
    CityMap map();

    default City get() {
        return map().city();
    }

    /** One that never changes, for tests and for tools that read a folder. */
    static CityInForce always(City city) {
        CityMap map = CityMap.of(city);
        return () -> map;
    }
}
