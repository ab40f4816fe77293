package coscribe.client.link;

/// Keeps one {@link Account}. Used by one {@link AccountTokens} only.
public interface AccountStore {
    /// What was stored last; {@link Account#NONE} where nothing was, or it cannot be read.
    Account load();

    /// Stores durably: when this returns, a crash or a power cut does not lose it. Throws
    /// {@link java.io.UncheckedIOException} where that cannot be had.
    void save(Account account);
}
