package coscribe.desktop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import coscribe.client.link.OwnerFile;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// How the editor logs: to files in its profile, five of 5 MB at most, never to a terminal. Set up
/// in code, because reading XML would cost a part of the start.
final class Logs {
    private static final int FILES = 5;
    private static final long EACH = 5L * 1024 * 1024;

    private Logs() {}

    /// Says nothing yet: there is no profile to write to.
    static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        }
    }

    /// From now on into this folder, which is made where it is missing. Where it cannot be used,
    /// nothing is logged, and the editor runs all the same.
    static void to(Path folder) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        try {
            OwnerFile.createFolders(folder);
        } catch (IOException e) {
            return;
        }
        context.reset();
        var line = new PatternLayoutEncoder();
        line.setContext(context);
        line.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} [%thread] %msg%n");
        line.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(folder.resolve("coscribe.log").toString());
        appender.setEncoder(line);
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(folder.resolve("coscribe.%i.log").toString().replace("\\", "/"));
        window.setMinIndex(1);
        window.setMaxIndex(FILES - 1);
        window.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(EACH));
        size.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(size);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        for (String library : new String[] {"com", "io", "org", "redis"}) {
            context.getLogger(library).setLevel(Level.WARN);
        }
    }
}
