package jp.hinomi.alerting.routing;

import java.util.List;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.SecurityEvent;

/** Says which resources an event touches and by which selector; {@link ResourceResolver#resolve} is one. */
@FunctionalInterface
public interface SelectorFinder {
    List<ResourceResolver.Touched> resolve(SecurityEvent event);
}
