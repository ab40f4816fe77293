/// This room knows how a relay runs inside the app.
@NullMarked
@CheckReturnValue
package coscribe.desktop.host;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
