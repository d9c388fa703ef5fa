package jp.hinomi.alerting.map;

import java.util.Objects;
import jp.hinomi.alerting.routing.Router;
import jp.hinomi.alerting.store.MapVersion;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;

/**
 * One version of the responsibility map, ready to decide with. Immutable and thread-safe; made once per version, because the
 * selectors are compiled.
 */
public final class CityMap {
    private final City city;
    private final String version;
    private final ResourceResolver resolver;
    private final Router router;

    /** @param version what decisions name as the map that they rest on */
    public CityMap(City city, String version) {
        this.city = Objects.requireNonNull(city, "city");
        this.version = Objects.requireNonNull(version, "version");
        this.resolver = new ResourceResolver(city);
        this.router = new Router(city, resolver::resolve);
    }

    /** Named by its content. */
    public static CityMap of(City city) {
        return new CityMap(city, MapVersion.of(city));
    }

    public City city() {
        return city;
    }

    public String version() {
        return version;
    }

    public ResourceResolver resolver() {
        return resolver;
    }

    public Router router() {
        return router;
    }
}
