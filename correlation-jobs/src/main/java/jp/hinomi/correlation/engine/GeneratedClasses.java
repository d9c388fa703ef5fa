package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.util.ClassLoaderProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parent of the class loaders that Esper makes. They ask it for each class that Esper has generated, and its compiler for
 * every name that might be a class ({@code jp}, {@code jp.hinomi} …); the class path would search each of its jars, hundreds of
 * them, to find none. Remembers what is not there. Thread-safe.
 */
final class GeneratedClasses extends ClassLoader {
    private static final GeneratedClasses INSTANCE = new GeneratedClasses(GeneratedClasses.class.getClassLoader());

    /** Where Esper puts what it generates. */
    private static final String PACKAGE = "generated.";

    /** Names are those of Esper's own code and ours, some hundreds; those of rules' statements may add to them. */
    private static final int MOST = 10_000;

    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    private GeneratedClasses(ClassLoader parent) {
        super(parent);
    }

    /** For Esper's {@code TransientConfiguration}. */
    static Map<String, Object> asParent() {
        return Map.of(ClassLoaderProvider.NAME, (ClassLoaderProvider) () -> INSTANCE);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(PACKAGE) || missing.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            if (missing.size() < MOST) {
                missing.add(name);
            }
            throw e;
        }
    }
}
