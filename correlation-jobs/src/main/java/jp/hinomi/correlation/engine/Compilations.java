package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Compiles EPL, 55–80 ms a statement, in parallel and once per content for the whole process: what was compiled may be
 * deployed to any number of runtimes. Thread-safe.
 */
final class Compilations {
    private static final Map<String, EPCompiled> DONE = new ConcurrentHashMap<>();

    /** Compilations of rules that are long gone are worth less than the memory they hold. */
    private static final int MOST = 20_000;

    private Compilations() {}

    /** @param timespan of the correlations of a runtime, in milliseconds; nothing that is compiled depends on it */
    static Configuration configuration(long timespan) {
        Configuration configuration = new Configuration();
        configuration.getCommon().setTransientConfiguration(new HashMap<>(GeneratedClasses.asParent()));
        configuration.getCommon().addEventType("HinomiMatch", GroupMatch.class);
        for (String name : Aggregation.NAMES) {
            configuration.getCompiler().addPlugInAggregationFunctionForge(name, Aggregation.class.getName());
        }
        Epl.addTimes(configuration, timespan);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
        configuration.getRuntime().getExceptionHandling().addClass(Rethrow.class);
        return configuration;
    }

    /** The compiled modules by their EPL. */
    static Map<String, EPCompiled> of(Collection<String> modules) {
        if (DONE.size() > MOST) {
            DONE.clear();
        }
        List<String> missing = modules.stream()
                .distinct()
                .filter(epl -> !DONE.containsKey(epl))
                .toList();
        if (!missing.isEmpty()) {
            compile(missing);
        }
        Map<String, EPCompiled> compiled = new HashMap<>();
        modules.forEach(epl -> compiled.put(epl, DONE.get(epl)));
        return compiled;
    }

    private static void compile(List<String> modules) {
        ClassLoader loader = Compilations.class.getClassLoader();
        int threads = Math.min(modules.size(), Runtime.getRuntime().availableProcessors());
        ExecutorService compilers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "hinomi-epl-compiler");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (String epl : modules) {
                running.add(CompletableFuture.runAsync(() -> DONE.put(epl, compile(epl)), compilers));
            }
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            compilers.shutdownNow();
        }
    }

    private static EPCompiled compile(String epl) {
        try {
            return EPCompilerProvider.getCompiler().compile(epl, new CompilerArguments(configuration(0)));
        } catch (EPCompileException e) {
            throw new IllegalStateException("our own EPL does not compile: " + e.getMessage() + "\n" + epl, e);
        }
    }
}
