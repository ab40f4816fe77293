/// This room knows how a session is run: effects are performed, events are fed, on one thread.
@NullMarked
@CheckReturnValue
package coscribe.client.runner;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
