package coscribe.desktop.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where decisions for everybody at a computer are kept: a file on Linux ({@link PolicyFile}). What
/// other systems have for it (registry, managed preferences) joins here.
public interface PolicySource {
    /// What the system has for it. Registry and managed preferences are not read in this version.
    ///
    /// @param system  `os.name`
    static PolicySource of(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            return new Unread("HKLM\\Software\\Policies\\Coscribe");
        }
        return name.contains("mac")
                ? new Unread("managed preferences of org.coscribe.Coscribe")
                : new PolicyFile(PolicyFile.USUAL);
    }

    /// Where nothing is looked at yet.
    record Unread(String where) implements PolicySource {
        @Override
        public Reading read() {
            return new Absent();
        }

        @Override
        public String place() {
            return where + " (not read in this version)";
        }
    }

    /// Looks now. Blocks for as long as the disk takes.
    Reading read();

    /// Where that is, as people find it.
    String place();

    /// What was found there.
    sealed interface Reading {}

    /// Nobody decided anything.
    record Absent() implements Reading {}

    /// Names and values; names need not be known to this version.
    ///
    /// @param mandatory    locks a setting
    /// @param recommended  holds where the person chose nothing else
    record Found(Map<String, Value> mandatory, Map<String, Value> recommended) implements Reading {
        public Found {
            mandatory = Map.copyOf(mandatory);
            recommended = Map.copyOf(recommended);
        }
    }

    /// Something is there and cannot be read, or makes no sense.
    ///
    /// @param sentence  what is wrong with it, for people
    /// @param last      what was there when it was last as it should be, where that is known
    record Broken(String sentence, Optional<Found> last) implements Reading {}
}
