package coscribe.bench.editor;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import javafx.scene.Node;
import javax.management.JMException;
import javax.management.ObjectName;

/// What is alive in this program after a full collection: others' carets, nodes of any scene, and
/// listeners (the lambdas of the editor and its toolkits that hold something, and what keeps lists
/// of listeners).
///
/// @param carets     that are drawn for others, or kept
/// @param nodes      of scenes, shown or not
/// @param listeners  and whatever else waits to be called
record OnTheHeap(long carets, long nodes, long listeners) {
    private static final String CARET = "coscribe.desktop.view.people.Marker";
    private static final String[] OURS = {
        "coscribe.desktop.", "coscribe.client.", "org.fxmisc.", "org.reactfx.", "javafx."
    };

    static OnTheHeap now() {
        String[] lines = histogram().split("\n");
        return new OnTheHeap(
                count(lines, CARET::equals), count(lines, OnTheHeap::isNode), count(lines, OnTheHeap::isListener));
    }

    /// Throws {@link IllegalStateException} with a sentence where more is alive than is drawn.
    ///
    /// @param first  likewise, when there was as much to see
    /// @param more   how many nodes, and how many listeners, may have come since
    void requireNoMoreThan(OnTheHeap first, long more) {
        if (carets > 0) {
            throw new IllegalStateException(carets + " carets of people who left are still there");
        }
        if (nodes > first.nodes + more || listeners > first.listeners + more) {
            throw new IllegalStateException("there were " + first.words() + ", and there are " + words());
        }
    }

    String words() {
        return String.format(Locale.ROOT, "%d carets of others, %,d nodes, %,d listeners", carets, nodes, listeners);
    }

    private static boolean isNode(String name) {
        if (!name.contains(".") || name.startsWith("[") || name.contains("/")) {
            return false;
        }
        try {
            return Node.class.isAssignableFrom(Class.forName(name, false, OnTheHeap.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // not of this class path
        }
    }

    private static boolean isListener(String name) {
        return name.startsWith("com.sun.javafx.binding.ExpressionHelper")
                || name.contains("$$Lambda") && Arrays.stream(OURS).anyMatch(name::startsWith);
    }

    private static long count(String[] lines, Predicate<String> wanted) {
        return Arrays.stream(lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[0].endsWith(":") && wanted.test(words[3]))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /// Lines of `NUMBER: INSTANCES BYTES CLASS`; makes a full collection first.
    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("what is on the heap cannot be counted", e);
        }
    }
}
