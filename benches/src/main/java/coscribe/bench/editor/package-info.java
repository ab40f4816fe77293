/// This room knows how the editor feels: it types into the real widget, with a real relay behind it
/// and other people in the document, and measures the thread that draws.
@NullMarked
@CheckReturnValue
package coscribe.bench.editor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
