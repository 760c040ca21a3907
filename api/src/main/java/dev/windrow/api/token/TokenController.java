package dev.windrow.api.token;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.token.MintingKeys;
import dev.windrow.api.access.token.TokenMint;
import dev.windrow.api.access.token.TokenNames;
import dev.windrow.api.access.token.TokenOrder;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.Subject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes tokens for the users of whoever holds a key with the role {@code mint}. A token is as good as what it is for to
 * whoever has it, so it never reaches a log.
 */
@RestController
final class TokenController {
    private static final Logger log = LoggerFactory.getLogger(TokenController.class);

    private final Datasets datasets;
    private final MintingKeys keys;
    private final TokenNames names;
    private final TokenRights rights;
    private final TokenMint mint;
    private final JsonAnswers json;
    private final Trail trail;

    TokenController(
            Datasets datasets,
            MintingKeys keys,
            TokenNames names,
            TokenRights rights,
            TokenMint mint,
            JsonAnswers json,
            Trail trail) {
        this.datasets = datasets;
        this.keys = keys;
        this.names = names;
        this.rights = rights;
        this.mint = mint;
        this.json = json;
        this.trail = trail;
    }

    private record Answer(String token, Instant expiresAt) {}

    @PostMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> make(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        // A token ends with its key, so only who has a key can make one.
        if (!caller.has(Role.MINT) || caller.credential().kind() != Credential.Kind.API_KEY) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Tokens are made by who holds an API key with the role mint.");
        }
        if (keys.holder(caller.credential().name()).isEmpty()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Another key has the name of this one, so that no token could say which made it; ask for a key with a"
                            + " name of its own.");
        }
        TokenOrder asked = TokenRequest.of(StrictJson.parse(JsonRequest.text(request)));
        TokenOrder order = TokenCheck.check(asked, caller, datasets, names, rights);
        TokenMint.Minted minted = mint.mint(caller, order)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PARAMETERS,
                        "The token would be too long to be sent in a header; lock or claim less in it."));
        trail.note(Trail.actor(caller, request), Action.TOKEN, Subject.NONE, Amount.tokenFor(order.principal()));
        log.debug("key {} made a token for {}", caller.credential().name(), order.datasets());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(new Answer(minted.token(), minted.expiresAt())));
    }
}
