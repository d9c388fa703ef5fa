package jp.hinomi.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import jp.hinomi.alerting.AlertingStartException;
import jp.hinomi.embedded.CannotStartException;
import jp.hinomi.events.document.ProblemsException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what failed. What the user can put right comes as a message, what we did wrong with its stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {
    private final Context context;

    FailureHandler(Context context) {
        this.context = context;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        LoggerFactory.getLogger(FailureHandler.class).debug("the command failed", failure);
        if (failure instanceof ProblemsException problems) {
            problems.problems()
                    .forEach(problem -> context.terminal()
                            .err()
                            .println(Problems.text(context, Problems.translated(context, problem))));
        } else if (isTheUsersToSolve(failure)) {
            context.terminal().err().println(line.getCommandName() + ": " + message(failure));
        } else {
            Logger log = LoggerFactory.getLogger(FailureHandler.class);
            log.error("a mistake of Hinomi's", failure);
            context.terminal().err().println(context.texts().get("failure.internal", failure));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What the file system says is often no more than the name of the file. */
    private String message(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof FileSystemException file && file.getFile() != null) {
            if (file instanceof NoSuchFileException) {
                return context.texts().get("failure.no-such-file", file.getFile());
            }
            if (file instanceof AccessDeniedException) {
                return context.texts().get("failure.access-denied", file.getFile());
            }
        }
        return failure.getMessage();
    }

    private static boolean isTheUsersToSolve(Exception failure) {
        return failure instanceof CannotStartException
                || failure instanceof AlertingStartException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof KafkaException
                || failure instanceof IllegalArgumentException;
    }
}
