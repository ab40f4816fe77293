/// The headless client, put together: everything an editor or a bot needs to write with others.
@NullMarked
@CheckReturnValue
package coscribe.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
