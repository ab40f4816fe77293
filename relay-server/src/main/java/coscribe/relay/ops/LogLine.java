package coscribe.relay.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;

/// One event, one line: as text for people or as JSON for machines. Whatever a message holds, it
/// stays on its line: controls are escaped.
final class LogLine extends EncoderBase<ILoggingEvent> {
    private static final int FRAMES = 12;
    private static final int CAUSES = 4;

    private final boolean json;

    LogLine(boolean json) {
        this.json = json;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return ((json ? json(event) : text(event)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ILoggingEvent event) {
        var line = new StringBuilder();
        line.append(time(event)).append(' ');
        line.append(String.format("%-5s", event.getLevel())).append(' ');
        line.append(shortName(event)).append(' ');
        escape(event.getFormattedMessage(), line);
        var cause = event.getThrowableProxy();
        if (cause != null) {
            line.append(" cause=\"");
            escape(told(cause).replace("\"", "'"), line);
            line.append('"');
        }
        return line.toString();
    }

    private static String json(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("time", time(event));
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        fields.put("logger", shortName(event));
        fields.put("message", event.getFormattedMessage());
        var cause = event.getThrowableProxy();
        if (cause != null) {
            fields.put("cause", told(cause));
        }
        return FlatJson.write(fields);
    }

    private static String time(ILoggingEvent event) {
        return Instant.ofEpochMilli(event.getTimeStamp()).toString();
    }

    private static String shortName(ILoggingEvent event) {
        var name = event.getLoggerName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (FlatJson.isPlain(c)) {
                line.append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else {
                line.append("\\u").append(String.format("%04x", (int) c));
            }
        }
    }

    private static String told(IThrowableProxy failure) {
        var told = new StringBuilder();
        IThrowableProxy each = failure;
        for (int depth = 0; each != null && depth < CAUSES; depth++) {
            told.append(depth == 0 ? "" : " <- caused by ");
            told.append(each.getClassName()).append(": ").append(each.getMessage());
            var frames = each.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                var frame = frames[i].getStackTraceElement();
                told.append(i == 0 ? " at " : " < ");
                told.append(frame.getClassName()).append('.').append(frame.getMethodName());
                told.append(':').append(frame.getLineNumber());
            }
            each = each.getCause();
        }
        return told.toString();
    }
}
