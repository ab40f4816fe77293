/// This room knows what whoever runs the computer has decided for everybody at it, and what follows
/// from that.
@NullMarked
@CheckReturnValue
package coscribe.desktop.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
