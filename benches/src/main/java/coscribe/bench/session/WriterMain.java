package coscribe.bench.session;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A writer's process. It ends when its standard input does, so it never outlives who started it.
public final class WriterMain {
    private static final long END_WITHIN_SECONDS = 15;

    private WriterMain() {}

    static List<String> arguments(Writer.Errand errand, Source source) {
        return List.of(
                errand.folder().toString(),
                errand.relay().host(),
                Integer.toString(errand.relay().port()),
                errand.invite(),
                errand.document().hex(),
                Integer.toString(errand.writer()),
                Double.toString(errand.perSecond()),
                source.word());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var errand = new Writer.Errand(
                Path.of(args[0]),
                new RelayAddress(args[1], Integer.parseInt(args[2]), false),
                args[3],
                new DocumentId(args[4]),
                Integer.parseInt(args[5]),
                Double.parseDouble(args[6]));
        var end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("end-of-input").start(() -> awaitEndOfInput(end));
        new Writer(errand, Source.of(args[7]).read()).run(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitEndOfInput(CountDownLatch end) {
        try {
            while (System.in.read() >= 0) {}
            end.countDown();
            TimeUnit.SECONDS.sleep(END_WITHIN_SECONDS);
        } catch (IOException | InterruptedException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(3);
    }
}
