package dev.windrow.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Role;
import dev.windrow.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/** Whom the application's users are to Windrow, and what they may do. */
final class UserCallersTest {
    private static final EmbeddedSettings SETTINGS = settings(null);

    private static EmbeddedSettings settings(@Nullable String anonymous) {
        return new EmbeddedSettings(
                true,
                "/exports",
                Map.of("ROLE_CLERK", List.of("admin"), "AUDITOR", List.of("read", "finance")),
                List.of("export"),
                anonymous);
    }

    /** A request of that user, who is in those roles of the container's. */
    private static HttpServletRequest of(@Nullable Principal user, String... roles) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                UserCallersTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserPrincipal" -> user;
                    case "isUserInRole" -> Set.of(roles).contains(String.valueOf(arguments[0]));
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private static Principal user(String name, String... authorities) {
        return UsernamePasswordAuthenticationToken.authenticated(
                name, "", AuthorityUtils.createAuthorityList(authorities));
    }

    private static Set<String> roles(HttpServletRequest request) {
        return new UserCallers(SETTINGS).of(request).orElseThrow().rights().roles();
    }

    @Test
    void areCalledAsTheApplicationCallsThem() {
        Caller ann = new UserCallers(SETTINGS).of(of(user("ann"))).orElseThrow();
        assertThat(ann.name()).isEqualTo("ann");
        assertThat(ann.credential().kind()).isEqualTo(Credential.Kind.APPLICATION);
        assertThat(ann.bearer().roles()).containsExactly("export");
    }

    private record Account(String mail) {}

    /** Its text would be the owner of exports, and may be another one tomorrow. */
    @Test
    void areRefusedWhereTheApplicationsObjectHasNoName() {
        Principal nameless = UsernamePasswordAuthenticationToken.authenticated(
                new Account("ann@example.org"), "", AuthorityUtils.NO_AUTHORITIES);
        assertThatThrownBy(() -> new UserCallers(SETTINGS).of(of(nameless)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("UserDetails")
                .hasMessageNotContaining("ann@");

        UserDetails named = User.withUsername("ann").password("").build();
        Principal ann = UsernamePasswordAuthenticationToken.authenticated(named, "", AuthorityUtils.NO_AUTHORITIES);
        assertThat(new UserCallers(SETTINGS).of(of(ann)).orElseThrow().name()).isEqualTo("ann");
    }

    @Test
    void areInTheGroupsOfTheirAuthorities() {
        assertThat(roles(of(user("ann", "ROLE_SALES", "orders:read"))))
                .containsExactlyInAnyOrder("SALES", "ROLE_SALES", "orders:read", "export");
    }

    @Test
    void haveRolesOfWindrowsByTheSettingsAlone() {
        assertThat(roles(of(user("mallory", "admin", "ROLE_admin", "mint", "ROLE_metrics"))))
                .contains("ROLE_admin")
                .doesNotContain(Role.ADMIN.word(), Role.MINT.word(), Role.METRICS.word());
        assertThat(roles(of(user("eve", "ROLE_CLERK")))).contains(Role.ADMIN.word());
        assertThat(roles(of(user("fay", "AUDITOR"))))
                .contains("read", "finance")
                .doesNotContain("admin");
    }

    @Test
    void mayBeUsersOfTheContainerToo() {
        Principal plain = () -> "tom";
        assertThat(roles(of(plain, "AUDITOR"))).containsExactlyInAnyOrder("read", "finance", "export");
    }

    @Test
    void areNobodyWhereTheApplicationDoesNotSayWho() {
        assertThat(new UserCallers(SETTINGS).of(of(null))).isEmpty();
        Caller guest = new UserCallers(settings("guest")).of(of(null)).orElseThrow();
        assertThat(guest.name()).isEqualTo("guest");
        assertThat(guest.rights().roles()).containsExactly("export");
    }

    @Test
    void areRefusedByNamesThatNoExportCanHave() {
        UserCallers callers = new UserCallers(SETTINGS);
        HttpServletRequest longName = of(user("a".repeat(201)));
        HttpServletRequest hidden = of(user("ann\u202e"));
        assertThatThrownBy(() -> callers.of(longName)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> callers.of(hidden)).isInstanceOf(ProblemException.class);
    }
}
