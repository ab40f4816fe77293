package coscribe.client.link;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
    private final RelayAddress address;

    /// `file` is made when something is stored first; its folder must exist.
    ///
    /// @param address  where the relay is; noted in the file
    public AccountFile(Path file, RelayAddress address) {
        this.file = file;
        this.address = address;
    }

    /// Where the relay is that a file is about; empty: it is no account file.
    public static Optional<RelayAddress> addressIn(Path file) {
        try {
            return value(LineFile.parse(Files.readString(file), FORMAT), "address")
                    .map(URI::create)
                    .map(RelayAddress::of);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("account unreadable file={}", file.getFileName(), e);
            return Optional.empty();
        }
    }

    @Override
    public Account load() {
        try {
            return parsed(LineFile.parse(Files.readString(file), FORMAT));
        } catch (NoSuchFileException e) {
            return Account.NONE;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("account unreadable, sign-in needed file={}", file.getFileName(), e);
            return Account.NONE;
        }
    }

    private static Account parsed(Map<String, String> values) {
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
        var values = new LinkedHashMap<String, String>();
        values.put("address", address.uri().toString());
        account.relay().ifPresent(relay -> values.put("relay", relay.hex()));
        account.person().ifPresent(person -> {
            values.put("person.id", person.id().hex());
            values.put("person.name", person.name());
            values.put(
                    "person.slot", person.slot().colour() + "/" + person.slot().shape());
        });
        account.access().ifPresent(access -> {
            values.put("access.token", access.token());
            values.put("access.got", Long.toString(access.gotAtMillis()));
            values.put("access.expires", Long.toString(access.expiresAtMillis()));
        });
        account.refresh().ifPresent(refresh -> values.put("refresh", refresh));
        account.invite().ifPresent(invite -> {
            values.put("invite.code", invite.code());
            values.put("invite.name", invite.name());
        });
        try {
            LineFile.replace(file, FORMAT, values);
        } catch (IOException e) {
            throw new UncheckedIOException("The sign-in could not be stored in " + file.getFileName(), e);
        }
    }
}
