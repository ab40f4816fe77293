package coscribe.desktop;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.WeakListener;
import javafx.beans.value.ChangeListener;

/// Who listens to an observable of JavaFX and is kept alive by it, or was not let go yet. JavaFX does
/// not tell, so this looks into its fields.
final class Listeners {
    private Listeners() {}

    static int of(Observable observable) {
        try {
            var found = new ArrayList<Object>();
            for (Object part : fields(observable)) {
                if (part.getClass().getName().startsWith("com.sun.javafx.binding.")) {
                    fields(part).forEach(each -> add(each, found));
                } else {
                    add(part, found);
                }
            }
            return found.size();
        } catch (IllegalAccessException e) {
            throw new AssertionError("JavaFX keeps its listeners elsewhere", e);
        }
    }

    private static void add(Object each, List<Object> found) {
        if (each instanceof Object[] many) {
            Stream.of(many).filter(one -> one != null).forEach(one -> add(one, found));
        } else if (each instanceof InvalidationListener || each instanceof ChangeListener<?>) {
            if (!(each instanceof WeakListener weak) || !weak.wasGarbageCollected()) {
                found.add(each);
            }
        }
    }

    private static List<Object> fields(Object of) throws IllegalAccessException {
        var values = new ArrayList<Object>();
        for (Class<?> kind = of.getClass(); kind != Object.class; kind = kind.getSuperclass()) {
            for (Field field : kind.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    Object value = field.get(of);
                    if (value != null && value != of) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }
}
