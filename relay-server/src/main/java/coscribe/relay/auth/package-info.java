/// Who may: the text of a token becomes a principal. The only room that knows java-jwt.
@NullMarked
@CheckReturnValue
package coscribe.relay.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
