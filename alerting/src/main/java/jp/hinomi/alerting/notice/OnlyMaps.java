package jp.hinomi.alerting.notice;

import com.samskivert.mustache.BasicCollector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Values of templates are texts, lists and maps of ours: nothing is looked up by reflection. */
final class OnlyMaps extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }
}
