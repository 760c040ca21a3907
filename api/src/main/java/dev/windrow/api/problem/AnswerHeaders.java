package dev.windrow.api.problem;

import jakarta.servlet.http.HttpServletResponse;

/**
 * What every answer tells browsers unless it says otherwise, refusals and what the container answers by itself too: not
 * to guess at types, to run and frame nothing, to lend nothing to pages of other sites, and to tell nobody the address,
 * which may be a secret link.
 */
final class AnswerHeaders {
    private AnswerHeaders() {}

    static void setOn(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}
