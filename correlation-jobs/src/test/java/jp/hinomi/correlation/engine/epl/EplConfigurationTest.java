package jp.hinomi.correlation.engine.epl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last door on its own: what a statement would reach if the walk had let it through.
 *
 * <p>Seen to fail when broken: without the class provider; with inlined classes allowed.
 */
class EplConfigurationTest {
    private static void compile(String epl) throws EPCompileException {
        EPCompilerProvider.getCompiler()
                .compile(
                        epl,
                        new CompilerArguments(
                                EplConfiguration.of(Map.of("failed", Map.of("ip", String.class, "port", Long.class)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select java.lang.Runtime.getRuntime() from failed",
                "select java.lang.System.getenv('PATH') from failed",
                "select System.exit(1) from failed",
                "select new java.lang.ProcessBuilder('id') from failed",
                "inlined_class \"\"\" public class X { public static int x() { return 1; } } \"\"\" select X.x() from failed",
                "create inlined_class \"\"\" public class X { } \"\"\"",
                "create schema X as java.lang.Runtime",
                "create variable java.lang.Runtime x",
                "select * from method:java.lang.System.exit(1)",
                "@Hook(type=HookType.SQLCOL, hook='x.Y') select * from failed",
                "select cast(ip, java.lang.Runtime) from failed",
                "select expression js:x() [ 1 ] x() from failed",
            })
    void noClassIsReached(String epl) {
        assertThatThrownBy(() -> compile(epl)).isInstanceOf(EPCompileException.class);
    }

    @Test
    void whatRulesNeedCompiles() {
        assertThatCode(() -> compile(
                        "select window(*) from failed#time(10 min) having count(distinct ip) > 2 and max(port) > 3"))
                .doesNotThrowAnyException();
    }
}
