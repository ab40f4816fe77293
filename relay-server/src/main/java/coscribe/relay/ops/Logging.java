package coscribe.relay.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/// How the relay logs: a line for each event, to one stream. Set up in code, because reading XML
/// would cost a tenth of the time in which a relay starts. Logback finds this class by itself and
/// logs warnings to the standard error until {@link #to} says more.
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String APPENDER = "relay";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        attach(context, Level.WARN, false, ConsoleTarget.SystemErr.getStream());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// From now on everything from `level` on goes to `stream`.
    ///
    /// @param level  error, warn, info or debug
    public static void to(OutputStream stream, String level, boolean json) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            attach(context, Level.toLevel(level), json, stream);
        }
    }

    private static void attach(LoggerContext context, Level level, boolean json, OutputStream stream) {
        var line = new LogLine(json);
        line.setContext(context);
        line.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setName(APPENDER);
        appender.setContext(context);
        appender.setEncoder(line);
        appender.setOutputStream(new Unclosed(stream));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var before = root.getAppender(APPENDER);
        root.addAppender(appender);
        if (before != null) {
            root.detachAppender(before);
            before.stop();
        }
        root.setLevel(level);
        // What libraries have to say below a warning is about them, not about the relay.
        for (var library : new String[] {"com", "io", "org", "redis"}) {
            context.getLogger(library).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        }
    }

    /// A stream that belongs to somebody else.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws java.io.IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws java.io.IOException {
            flush();
        }
    }
}
