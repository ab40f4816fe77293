/// This room knows what releases there are: it asks for a signed notice, and believes it or not.
@NullMarked
@CheckReturnValue
package coscribe.desktop.update;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
