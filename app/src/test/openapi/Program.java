import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.ExportsApi;
import org.openapitools.client.model.DryRun;
import org.openapitools.client.model.Export;
import org.openapitools.client.model.Start;

/** Tries an export and makes it, by a client that OpenAPI Generator has made. */
final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        ExportsApi exports = new ExportsApi(client);
        Start start = new Start().dataset("orders").columns(List.of("id", "total"));

        DryRun tried = exports.startExport(start, null, true).getDryRun();
        Export started = exports.startExport(start, null, false).getExport();
        Export ended = exports.getExport(started.getId(), null, "wait=20");

        System.out.println(tried.getRowsTotal() + " rows, " + ended.getDataset());
    }
}
