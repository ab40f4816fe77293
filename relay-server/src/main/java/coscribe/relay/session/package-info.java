/// One connection's manners; who is in a document; what goes to whom.
@NullMarked
@CheckReturnValue
package coscribe.relay.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
