/// This room knows how text is drawn: the only one that knows RichTextFX. What it shows is the
/// document that the view-model holds; it never changes a text by itself.
@NullMarked
@CheckReturnValue
package coscribe.desktop.view.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
