package coscribe.relay;

/// What one key is set to.
///
/// @param value   as it was written; a secret's own text
/// @param source  `--bind`, `COSCRIBE_BIND`, `relay.conf line 7` or `default`
public record Setting(ConfigKey key, String value, String source) {
    static final String BY_DEFAULT = "default";

    boolean isDefault() {
        return source.equals(BY_DEFAULT);
    }

    /// The value as it may be seen: a secret is masked.
    public String shown() {
        return key.isSecret() && !value.isEmpty() ? "(hidden)" : value;
    }

    @Override
    public String toString() {
        return key.key() + " = " + shown() + " (" + source + ")";
    }
}
