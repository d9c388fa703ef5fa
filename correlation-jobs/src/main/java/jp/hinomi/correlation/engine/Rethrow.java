package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.EPException;
import com.espertech.esper.common.client.hook.exception.ExceptionHandler;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactory;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactoryContext;

/** Hands exceptions of statements to whoever sent the event; Esper's default only logs them and goes on. */
public final class Rethrow implements ExceptionHandlerFactory {
    @Override
    public ExceptionHandler getHandler(ExceptionHandlerFactoryContext context) {
        return failure -> {
            throw new EPException(failure.getThrowable());
        };
    }
}
