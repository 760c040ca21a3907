package dev.windrow.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private static Caller token(Set<String> datasets) {
        Rights rights = new Rights(
                Set.of("export", "finance"),
                datasets,
                Map.of("tenant", 7L, "shops", List.of("a", "b"), "share", 0.5, "staff", true),
                new Allowance(3, null, 1_000L, null),
                Terms.NONE);
        return new Caller("idp:bob", rights, new Credential(Credential.Kind.JWT, "idp", null));
    }

    @Test
    void keepsWhatATokenGave() {
        for (Caller caller : List.of(token(Set.of("orders")), token(Set.of()))) {
            assertThat(Authority.read("idp:bob", Authority.write(caller))).contains(caller);
        }
        Caller all = token(null);
        assertThat(Authority.read("idp:bob", Authority.write(all))).contains(all);
    }

    @Test
    void keepsNothingOfAKeyButItsName() {
        Caller key = new Caller("ann", Rights.ALL, new Credential(Credential.Kind.API_KEY, "ci", null));
        assertThat(Authority.write(key)).isEqualTo("{\"kind\":\"api-key\",\"name\":\"ci\"}");
        Caller read = Authority.read("ann", Authority.write(key)).orElseThrow();
        assertThat(read.credential()).isEqualTo(key.credential());
        assertThat(read.rights().roles()).isEmpty();
        assertThat(read.rights().datasets()).isEmpty();
    }

    @Test
    void givesNothingWhereItIsNotUnderstood() {
        assertThat(Authority.read("ann", "{\"kind\":\"later\",\"name\":\"x\"}")).isEmpty();
        assertThat(Authority.read("ann", "[]")).isEmpty();
    }
}
