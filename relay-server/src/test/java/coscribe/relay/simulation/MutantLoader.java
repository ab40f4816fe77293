package coscribe.relay.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Loads all of Coscribe anew, with one patch.
final class MutantLoader extends ClassLoader {
    private final Patch patch;

    MutantLoader(Patch patch) {
        super(MutantLoader.class.getClassLoader());
        this.patch = patch;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("coscribe.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] used = patch.changes(name) ? patch.apply(bytes) : bytes;
            return defineClass(name, used, 0, used.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
