package coscribe.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a person is called on this computer: a first proposal for what others will read.
final class PersonName {
    private PersonName() {}

    static String ofThisComputer() {
        String login = System.getProperty("user.name", "");
        return fullName(Path.of("/etc/passwd"), login).orElse(login);
    }

    /// The part up to the first comma of what systems with a file of users note about one.
    static Optional<String> fullName(Path users, String login) {
        try (var lines = Files.lines(users)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 4 && fields[0].equals(login))
                    .map(fields -> fields[4].split(",", -1)[0].strip())
                    .filter(name -> !name.isEmpty())
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // there is none here
        }
    }
}
