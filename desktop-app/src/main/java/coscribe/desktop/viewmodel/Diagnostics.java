package coscribe.desktop.viewmodel;

import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.Banners.Banner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What somebody who helps wants to know of a program that runs: versions, how each document is
/// connected, the codes of messages, how fast it is. Nothing that was written, no title, no name, no token. In
/// English, whatever the program speaks: it is read elsewhere.
public final class Diagnostics {
    /// One open document.
    ///
    /// @param server  its address
    /// @param units   how long its text is
    public record Open(String server, Status status, StatusLine.Rank rank, List<Banner> shown, int units) {
        public Open {
            shown = List.copyOf(shown);
        }
    }

    /// The program and the system that it runs on.
    ///
    /// @param version  of Coscribe
    /// @param data     where a profile is
    /// @param logs     where it writes what it did
    public record Machine(String version, String java, String toolkit, String system, String data, String logs) {
        /// What this program knows of itself.
        public static Machine here(String version, String data, String logs) {
            return new Machine(
                    version,
                    System.getProperty("java.version"),
                    System.getProperty("javafx.version", "unknown"),
                    String.join(
                            " ",
                            System.getProperty("os.name"),
                            System.getProperty("os.version"),
                            System.getProperty("os.arch")),
                    data,
                    logs);
        }
    }

    private Diagnostics() {}

    /// In lines, for a mail.
    ///
    /// @param speed     of this program, since it was started
    /// @param settings  what is decided for this computer, in lines
    public static String of(Machine machine, Speed speed, String settings, List<Open> documents) {
        var lines = new ArrayList<>(List.of(
                "Coscribe " + machine.version(),
                "Java " + machine.java() + ", JavaFX " + machine.toolkit(),
                machine.system(),
                "Profile " + machine.data(),
                "Logs " + machine.logs(),
                "Documents " + documents.size()));
        for (int i = 0; i < documents.size(); i++) {
            lines.add((i + 1) + ". " + of(documents.get(i)));
        }
        speed.lines().forEach(line -> lines.add("Speed, " + line));
        lines.addAll(settings.lines().toList());
        return String.join("\n", lines);
    }

    private static String of(Open document) {
        var status = document.status();
        var facts = new ArrayList<String>();
        facts.add(document.server());
        facts.add(word(document.rank().name()));
        facts.add("contact " + contact(status.contact()));
        facts.add("role " + status.role().word());
        facts.add(status.unsaved() + " edits unsaved");
        facts.add("journal " + word(status.journal().getClass().getSimpleName()));
        status.roundTrip().ifPresent(took -> facts.add("round trip " + took.toMillis() + " ms"));
        facts.add(document.units() + " characters");
        facts.add(
                document.shown().isEmpty()
                        ? "no messages"
                        : document.shown().stream()
                                .map(banner -> banner.topic().code())
                                .collect(Collectors.joining(" ")));
        return String.join(", ", facts);
    }

    private static String contact(Contact contact) {
        return switch (contact) {
            case Contact.Stopped(var code, var _) -> "stopped " + code.name();
            case Contact.Waiting(int attempts, var _, var loss) ->
                "waiting after " + attempts
                        + loss.map(why -> " " + word(why.getClass().getSimpleName()))
                                .orElse("");
            default -> word(contact.getClass().getSimpleName());
        };
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
