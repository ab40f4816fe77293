package coscribe.relay.ops;

import coscribe.relay.people.JoinCode;
import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.PlainHttp;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the public port says to a browser or a load balancer: `/healthz`, `/readyz`, `/j/CODE`.
public final class Pages implements PlainHttp {
    private static final String INVITE = "/j/";
    private static final int LONGEST_CODE = 40;

    /// Nothing from elsewhere, nothing that runs, not shown inside other pages, not kept.
    private static final Map<String, String> GUARDED = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final Readiness readiness;
    private final Supplier<String> hostInLinks;

    /// @param hostInLinks  with its port where it needs one; asked for each page
    public Pages(Readiness readiness, Supplier<String> hostInLinks) {
        this.readiness = readiness;
        this.hostInLinks = hostInLinks;
    }

    @Override
    public Optional<HttpAnswer> get(String path) {
        return switch (path) {
            case "/healthz" -> Optional.of(HttpAnswer.text(200, "ok"));
            case "/readyz" ->
                Optional.of(readiness
                        .unready()
                        .map(reason -> HttpAnswer.text(503, reason).with("Retry-After", "2"))
                        .orElseGet(() -> HttpAnswer.text(200, ready())));
            default ->
                path.startsWith(INVITE) ? Optional.of(invite(path.substring(INVITE.length()))) : Optional.empty();
        };
    }

    private String ready() {
        return readiness
                .writesRefused()
                .map(reason -> "ready, for readers only. Edits are refused: " + reason)
                .orElse("ready");
    }

    /// Says nothing of whether the code is any good: that is told to whoever redeems it.
    private HttpAnswer invite(String typed) {
        if (typed.length() > LONGEST_CODE) {
            return page(404, "No invite", noCode());
        }
        return JoinCode.parse(typed)
                .map(code -> page(200, "Join a Coscribe document", join(code.shown())))
                .orElseGet(() -> page(404, "No invite", noCode()));
    }

    private String join(String code) {
        var host = hostInLinks.get();
        var link = "coscribe://join/" + host + "/" + code;
        return "<h1>You are invited to write together</h1>\n"
                + "<p><a class=\"go\" href=\"" + escaped(link) + "\">Open in Coscribe</a></p>\n"
                + "<p>Or start Coscribe, and paste this link or type the code:</p>\n"
                + "<p><code>" + escaped(link) + "</code></p>\n"
                + "<p class=\"code\">" + escaped(code) + "</p>\n"
                + "<p class=\"small\">Server " + escaped(host) + ". Works with Coscribe 0.1 and newer.</p>\n";
    }

    private static String noCode() {
        return "<h1>This is not an invite link</h1>\n<p>An invite code has 12 letters and digits. "
                + "Copy the whole link, or ask the person who sent it for a new one.</p>\n";
    }

    private static HttpAnswer page(int status, String title, String body) {
        var html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + escaped(title) + "</title><style>"
                + "body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:3em auto;padding:0 1em;"
                + "color:#1d2733;background:#fff}h1{font-size:1.5em}code{overflow-wrap:anywhere}"
                + ".go{display:inline-block;padding:.6em 1.2em;border-radius:6px;background:#1f5fbf;color:#fff;"
                + "text-decoration:none}.code{font:600 1.5em monospace;letter-spacing:.08em}.small{color:#5a6675}"
                + "@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#171b21}.small{color:#9aa7b5}}"
                + "</style></head><body>\n" + body + "</body></html>";
        return new HttpAnswer(status, "text/html; charset=utf-8", html, GUARDED);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
