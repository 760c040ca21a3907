package shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A shop with users, orders and jobs of its own; nothing in it knows of Windrow but what is said of its paths. */
@SpringBootApplication
public class ShopApplication {
    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(Path.of("shop-data"));
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests
                        // The page and the button hold nothing secret; who calls the API, Windrow asks the shop.
                        .requestMatchers("/exports/api/**").authenticated()
                        .requestMatchers("/exports/**").permitAll()
                        .anyRequest().authenticated())
                // Windrow refuses what pages of other sites would change, by their origin; its page has no CSRF token.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/exports/api/**"))
                .formLogin(form -> form.defaultSuccessUrl("/", true))
                .build();
    }

    /** Whoever copies this leaves them out. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ann").password("{noop}ann").roles("CUSTOMER").build(),
                User.withUsername("bob").password("{noop}bob").roles("CUSTOMER").build(),
                User.withUsername("eve").password("{noop}eve").roles("CLERK").build());
    }

    /** Of another taste than Windrow's, which does not see it. */
    @Bean
    JsonMapper json() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
    }
}
