package coscribe.relay.transport;

import java.util.Optional;

/// Answers plain `GET` and `HEAD` on the public port: health, readiness, invite pages. Called on a
/// transport thread; must not block.
@FunctionalInterface
public interface PlainHttp {

    /// The page at this path (no query), or empty for 404.
    Optional<HttpAnswer> get(String path);

    /// No pages at all.
    static PlainHttp none() {
        return path -> Optional.empty();
    }
}
