package coscribe.desktop.policy;

import coscribe.client.link.OwnerFile;
import coscribe.desktop.policy.PolicySource.Broken;
import coscribe.desktop.policy.PolicySource.Found;
import coscribe.desktop.policy.PolicySource.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers decisions, so that a mistake in their file opens nothing that was closed.
public final class LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Path file;

    /// @param folder  of the profile; must exist when something is kept
    public LastGood(Path folder) {
        this.file = folder.resolve("policy.last-good.json");
    }

    /// The same reading; a broken one with what was there before.
    public Reading beside(Reading reading) {
        return reading instanceof Broken(var sentence, var _) ? new Broken(sentence, remembered()) : reading;
    }

    private Optional<Found> remembered() {
        try {
            return PolicyFile.parsed(Files.readString(file)) instanceof Found found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("event=last_policy_unread", e);
            return Optional.empty();
        }
    }

    /// Remembers what was found; nothing where nothing was decided, as what was decided before is
    /// taken back then.
    public void keep(Reading reading) {
        try {
            switch (reading) {
                case PolicySource.Absent() -> Files.deleteIfExists(file);
                case Found found -> {
                    if (!remembered().equals(Optional.of(found))) {
                        OwnerFile.replace(file, PolicyFile.written(found).getBytes(StandardCharsets.UTF_8));
                    }
                }
                case Broken _ -> {}
            }
        } catch (IOException e) {
            LOG.warn("event=policy_not_remembered", e);
        }
    }
}
