package coscribe.kit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Tests provoke what production warns of, thousands of times in the simulation: errors only. Found
/// by JUnit itself, before each class and after each test, since a test that runs a whole program
/// sets up that program's log, and logback takes the relay's set-up before any file.
public final class QuietLogs implements BeforeAllCallback, AfterEachCallback {
    @Override
    public void beforeAll(ExtensionContext ignored) {
        quiet();
    }

    @Override
    public void afterEach(ExtensionContext ignored) {
        quiet();
    }

    private static void quiet() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        var line = new PatternLayoutEncoder();
        line.setContext(context);
        line.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n");
        line.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setEncoder(line);
        console.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.ERROR);
    }
}
