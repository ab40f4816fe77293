package coscribe.relay;

/// Something in the configuration that the relay does not start with.
///
/// @param key       as it was written
/// @param source    where: `relay.conf line 7`, `COSCRIBE_BIND`, `--bind`
/// @param sentence  what is wrong and what to write instead, with key and source in it
public record ConfigProblem(String key, String source, String sentence) {}
