package coscribe.desktop;

import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.HostServices;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The system's browser, or its mail program for a mail address. On the thread that draws.
final class Browser implements Consumer<String> {
    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);

    private final HostServices services = new NoApplication().getHostServices();

    @Override
    public void accept(String target) {
        try {
            services.showDocument(target);
        } catch (UnsupportedOperationException e) {
            LOG.warn("browser=none", e); // a display without a desktop
        }
    }

    /// The platform gives its services to applications only; this program is none of that kind.
    private static final class NoApplication extends Application {
        @Override
        public void start(Stage stage) {}
    }
}
