package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.url.ApplicationSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is a database of an application's, by its name there. */
final class ApplicationSourcesTest {
    private static final ApplicationSources SHOP = name -> {
        if (name.equals("shopDataSource")) {
            return new ApplicationSources.Address("jdbc:sqlite:/srv/shop.db?cache=shared", "reader", "of-the-shop");
        }
        throw new IllegalArgumentException("there is no such DataSource; name one of shopDataSource");
    };

    @TempDir
    private Path folder;

    private LoadedCatalog load(String source, ApplicationSources application)
            throws IOException, InvalidCatalogException {
        Path file = folder.resolve("catalog.yaml");
        Files.writeString(file, """
                sources:
                  shop:
                %s
                datasets:
                  orders:
                    source: shop
                    formats: [csv]
                    files:
                      - { name: orders, query: "select 1 as id", key: [id] }
                """.formatted(source.indent(4).stripTrailing()));
        return new CatalogLoader(new PlainInspector(), name -> null, application, Set.of(Format.CSV)).load(file);
    }

    @Test
    void hasTheAddressThatTheApplicationHas() throws Exception {
        LoadedCatalog loaded = load("url: bean:shopDataSource", SHOP);

        Source source = loaded.catalog().datasets().iterator().next().source();
        assertThat(source)
                .isEqualTo(new Source("shop", "jdbc:sqlite:/srv/shop.db?cache=shared", "reader", "of-the-shop"));
    }

    @Test
    void saysWhatTheApplicationSaysOfANameThatItDoesNotKnow() {
        assertThatThrownBy(() -> load("url: bean:other", SHOP))
                .isInstanceOf(InvalidCatalogException.class)
                .hasMessageContaining("there is no such DataSource; name one of shopDataSource");
    }

    @Test
    void takesNoOtherUser() {
        assertThatThrownBy(() -> load("url: bean:shopDataSource\nusername: somebody", SHOP))
                .isInstanceOf(InvalidCatalogException.class)
                .hasMessageContaining("username is the DataSource's; leave it out");
    }

    @Test
    void isRefusedWhereThereIsNoApplication() {
        assertThatThrownBy(() -> load("url: bean:shopDataSource", ApplicationSources.NONE))
                .isInstanceOf(InvalidCatalogException.class)
                .hasMessageContaining("this is a server of its own");
    }
}
