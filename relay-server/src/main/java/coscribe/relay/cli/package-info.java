/// What an admin can say: commands that ask the running relay or open the store. The only room
/// that knows picocli.
@NullMarked
@CheckReturnValue
package coscribe.relay.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
