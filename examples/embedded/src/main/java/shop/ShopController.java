package shop;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import org.jobrunr.scheduling.JobScheduler;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the shop serves by itself. */
@RestController
class ShopController {
    private final JdbcClient orders;
    private final JobScheduler jobs;
    private final OrderCount count;

    ShopController(JdbcClient orders, JobScheduler jobs, OrderCount count) {
        this.orders = orders;
        this.jobs = jobs;
        this.count = count;
    }

    record Dataset(String ofTheShop) {}

    /** A page of the shop's with a button that exports what its user may see. */
    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String home(Principal user, HttpServletRequest request) {
        return """
                <!doctype html>
                <html lang="en">
                  <meta charset="utf-8">
                  <title>Shop</title>
                  <script src="%1$s/exports/windrow.js" defer></script>
                  <h1>Hello %2$s</h1>
                  <windrow-export dataset="my-orders" format="csv">Export my orders</windrow-export>
                  <p><a href="%1$s/exports/">All my exports</a></p>
                </html>
                """.formatted(request.getContextPath(), user.getName());
    }

    /** At a path that Windrow has too, below its own. */
    @GetMapping("/api/v1/datasets")
    List<Dataset> datasets() {
        return List.of(new Dataset("nothing to do with Windrow"));
    }

    @PostMapping("/count")
    void count() {
        jobs.enqueue(() -> count.count());
    }

    @GetMapping("/counted")
    int counted() {
        return count.counted();
    }

    @GetMapping("/orders")
    long numberOfOrders() {
        return orders.sql("select count(*) from orders").query(Long.class).single();
    }

    @GetMapping("/fault")
    void fault() {
        throw new IllegalStateException("the shop's");
    }
}
