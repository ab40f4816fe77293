package coscribe.client.link;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An {@link AccountStore} in a file of lines `name=value` that only its owner can read. A new
/// version is written beside it, forced to disk and moved over it in one step, so that after a
/// crash either the old or the new one is there, whole.
public final class AccountFile implements AccountStore {
    private static final Logger LOG = LoggerFactory.getLogger(AccountFile.class);
    private static final String FORMAT = "coscribe-account 1";

    private final Path file;

    /// `file` is made when something is stored first; its folder must exist.
    public AccountFile(Path file) {
        this.file = file;
    }

    @Override
    public Account load() {
        try {
            return parsed(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Account.NONE;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("account unreadable, sign-in needed file={}", file.getFileName(), e);
            return Account.NONE;
        }
    }

    private static Account parsed(String text) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FORMAT)) {
            throw new IllegalArgumentException("not an account file of a known format");
        }
        var values = new LinkedHashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a line without a name");
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        if (!"whole".equals(values.get("end"))) {
            throw new IllegalArgumentException("the end is missing");
        }
        return new Account(
                value(values, "relay").map(RelayId::new),
                value(values, "person.id")
                        .map(id -> new Person(
                                new PersonId(id),
                                value(values, "person.name").orElse(""),
                                value(values, "person.slot")
                                        .map(AccountFile::slot)
                                        .orElseGet(() -> PaletteSlot.of(id)))),
                value(values, "access.token")
                        .map(token -> new Account.Access(
                                token, number(values, "access.got"), number(values, "access.expires"))),
                value(values, "refresh"),
                value(values, "invite.code")
                        .map(code -> new Account.Invite(
                                code, value(values, "invite.name").orElse(""))));
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(value(values, name).orElse("0"));
    }

    private static PaletteSlot slot(String text) {
        int slash = text.indexOf('/');
        return new PaletteSlot(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public void save(Account account) {
        var text = new StringBuilder(FORMAT).append('\n');
        account.relay().ifPresent(relay -> line(text, "relay", relay.hex()));
        account.person().ifPresent(person -> {
            line(text, "person.id", person.id().hex());
            line(text, "person.name", person.name());
            line(
                    text,
                    "person.slot",
                    person.slot().colour() + "/" + person.slot().shape());
        });
        account.access().ifPresent(access -> {
            line(text, "access.token", access.token());
            line(text, "access.got", Long.toString(access.gotAtMillis()));
            line(text, "access.expires", Long.toString(access.expiresAtMillis()));
        });
        account.refresh().ifPresent(refresh -> line(text, "refresh", refresh));
        account.invite().ifPresent(invite -> {
            line(text, "invite.code", invite.code());
            line(text, "invite.name", invite.name());
        });
        line(text, "end", "whole");
        try {
            OwnerFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The sign-in could not be stored in " + file.getFileName(), e);
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append('=')
                .append(value.replaceAll("[\\p{Cntrl}]", " "))
                .append('\n');
    }
}
