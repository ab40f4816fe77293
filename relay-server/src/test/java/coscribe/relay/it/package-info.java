/// A relay as it is shipped, over real sockets: bad input answered, good clients left alone, two
/// relays as one.
@NullMarked
package coscribe.relay.it;

import org.jspecify.annotations.NullMarked;
