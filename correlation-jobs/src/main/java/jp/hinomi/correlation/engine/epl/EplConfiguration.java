package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.util.ClassForNameProvider;
import java.util.HashMap;
import java.util.Map;

/**
 * Esper, configured so that a statement reaches nothing but its events, even one that the check should have refused: no
 * imports, no classes by name, no inlined classes, no text of the statement in generated code.
 */
final class EplConfiguration {
    /** What Esper itself asks for when it makes the event types. */
    private static final Map<String, Class<?>> CLASSES = Map.of(
            "int", int.class,
            "long", long.class,
            "double", double.class,
            "boolean", boolean.class);

    static final String OVER = "hinomi_over";

    private EplConfiguration() {}

    /** @param types the event types by stream */
    static Configuration of(Map<String, Map<String, Object>> types) {
        Configuration configuration = new Configuration();
        configuration.getCommon().getImports().clear();
        configuration.getCommon().getAnnotationImports().clear();
        configuration
                .getCommon()
                .setTransientConfiguration(new HashMap<>(
                        Map.of(ClassForNameProvider.NAME, (ClassForNameProvider) EplConfiguration::classForName)));
        configuration.getCompiler().getByteCode().setAllowInlinedClass(false);
        configuration.getCompiler().getByteCode().setAllowSubscriber(false);
        configuration.getCompiler().getByteCode().setAttachEPL(false);
        configuration.getCompiler().getByteCode().setAttachModuleEPL(false);
        configuration.getCompiler().getByteCode().setAttachPatternEPL(false);
        types.forEach((name, type) -> configuration.getCommon().addEventType(name, new HashMap<>(type)));
        configuration.getCommon().addEventType(OVER, Map.of(EventFields.CELL, Object.class));
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
        return configuration;
    }

    private static Class<?> classForName(String name) throws ClassNotFoundException {
        Class<?> allowed = CLASSES.get(name);
        if (allowed == null) {
            throw new ClassNotFoundException("rules reach no classes, and asked for " + name);
        }
        return allowed;
    }
}
