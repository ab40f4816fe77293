/// Keeps everything in Redis, so that equal relays can share it: one script makes the order,
/// pub/sub is only the fast path. The only room that knows Jedis.
@NullMarked
@CheckReturnValue
package coscribe.relay.store.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
