/// This room knows how to keep documents and people in one SQLite file, so that whatever was
/// acknowledged is on disk: one writer that forces many requests at once, readers beside it, checks
/// against damage.
@NullMarked
@CheckReturnValue
package coscribe.relay.store.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
