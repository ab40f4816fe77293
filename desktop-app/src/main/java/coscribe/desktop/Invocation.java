package coscribe.desktop;

import coscribe.client.InviteLink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was asked for on the command line. Read by hand: a library for it would cost a part of the
/// time in which the editor is to be there.
sealed interface Invocation {
    String USAGE = """
            usage: coscribe [LINK | FILE.coscribe] [--join LINK] [--profile DIR]
              LINK               a link to a document, or an invite link: what the system hands over
                                 when one is clicked
              FILE.coscribe      a text file whose first line is such a link
              --join LINK        follow an invite link
              --policy-report    print every setting that can be decided for this computer, its value and
                                 who decided it
              --profile DIR      keep everything in this folder instead of the usual ones; each profile
                                 is a person of its own, and has one running editor at most
              --help, --version
            """;

    /// Open the editor.
    ///
    /// @param profile  the folder for everything; empty: the usual ones
    record Start(Wish wish, Optional<Path> profile) implements Invocation {}

    record Help() implements Invocation {}

    record Version() implements Invocation {}

    /// Print what is decided for this computer.
    record PolicyReport(Optional<Path> profile) implements Invocation {}

    /// @param sentence  for people: what is wrong and what to write instead
    record Wrong(String sentence) implements Invocation {}

    static Invocation read(List<String> arguments) {
        Wish wish = new Wish.Window();
        Optional<Path> profile = Optional.empty();
        boolean report = false;
        for (int i = 0; i < arguments.size(); i++) {
            String given = arguments.get(i);
            int equals = given.startsWith("--") ? given.indexOf('=') : -1;
            String name = equals < 0 ? given : given.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> {
                    return new Help();
                }
                case "--version" -> {
                    return new Version();
                }
                case "--policy-report" -> report = true;
                case "--join", "--profile" -> {
                    if (equals < 0 && i + 1 == arguments.size()) {
                        return new Wrong(name + " needs " + (name.equals("--join") ? "an invite link." : "a folder."));
                    }
                    String value = equals < 0 ? arguments.get(++i) : given.substring(equals + 1);
                    try {
                        if (name.equals("--join")) {
                            wish = new Wish.Join(InviteLink.parse(value));
                        } else {
                            profile = Optional.of(folder(value));
                        }
                    } catch (IllegalArgumentException e) {
                        return new Wrong(String.valueOf(e.getMessage()));
                    }
                }
                default -> {
                    if (!isLink(given) && !LinkFile.isNamed(given)) {
                        return new Wrong("Unknown " + (given.startsWith("-") ? "option" : "argument") + " '" + given
                                + "'. Try --help.");
                    }
                    try {
                        wish = isLink(given) ? Wish.parse(given) : LinkFile.read(given);
                    } catch (IllegalArgumentException e) {
                        return new Wrong(String.valueOf(e.getMessage()));
                    }
                }
            }
        }
        return report ? new PolicyReport(profile) : new Start(wish, profile);
    }

    private static boolean isLink(String given) {
        String lower = given.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("coscribe:") || lower.startsWith("https:");
    }

    private static Path folder(String name) {
        try {
            if (name.isBlank()) {
                throw new IllegalArgumentException("--profile needs a folder.");
            }
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + name + "' is no name of a folder.", e);
        }
    }
}
