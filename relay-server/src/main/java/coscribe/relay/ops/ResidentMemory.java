package coscribe.relay.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// How much of this computer's memory a process has, where the system tells (`/proc`).
public final class ResidentMemory {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*([0-9]{1,15}) kB$");
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /// In bytes; empty where nobody tells.
    public static OptionalLong bytes(long pid) {
        try {
            var found = RESIDENT.matcher(
                    Files.readString(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1));
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1)) * KIB) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
