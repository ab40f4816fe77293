/// This room knows what is kept: documents as logs of commits with snapshots beside them, who may
/// do what in each, who the relay's people are; and how a commit reaches the other relays. Ports
/// here, one sub-package for each real store.
@NullMarked
@CheckReturnValue
package coscribe.relay.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
