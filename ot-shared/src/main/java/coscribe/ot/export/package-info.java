/// This room knows how a document is written for other programs, and what paragraphs are to whoever
/// draws or writes them.
@NullMarked
@CheckReturnValue
package coscribe.ot.export;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
