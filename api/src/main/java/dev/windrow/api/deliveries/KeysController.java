package dev.windrow.api.deliveries;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.outbox.SigningKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives the public key that webhooks without a secret are signed with: as a JSON Web Key (RFC 8037), and as Standard
 * Webhooks 1.0 writes it.
 */
@RestController
final class KeysController {
    private final KeySet keys;
    private final JsonAnswers json;

    private record Key(String kty, String crv, String x, String use, String alg, String whpk) {}

    private record KeySet(List<Key> keys) {}

    KeysController(SigningKey key, JsonAnswers json) {
        byte[] open = key.publicKey();
        this.keys = new KeySet(List.of(new Key(
                "OKP",
                "Ed25519",
                Base64.getUrlEncoder().withoutPadding().encodeToString(open),
                "sig",
                "EdDSA",
                "whpk_" + Base64.getEncoder().encodeToString(open))));
        this.json = json;
    }

    @GetMapping(path = "/.well-known/windrow-keys", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> keys(HttpServletRequest request) {
        QueryParameters.none(request);
        return json.fresh(request, keys);
    }
}
