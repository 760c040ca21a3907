package dev.windrow.api.dataset;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.Places;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.Choice;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives the values of a parameter to choose from, where the catalog says where they come from. */
@RestController
final class ValuesController {
    private static final Logger log = LoggerFactory.getLogger(ValuesController.class);
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final int MOST_CHARACTERS = 200;
    private static final int RETRY_SECONDS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Datasets datasets;
    private final RowSource source;
    private final JsonAnswers json;
    /** Each holds a thread of the server, and a connection of the source, for as long as the source takes. */
    private final Places places = new Places("values", "searches for values", 4, 16);

    ValuesController(Datasets datasets, RowSource source, JsonAnswers json) {
        this.datasets = datasets;
        this.source = source;
        this.json = json;
    }

    private record ListView(List<Choice> items, @Nullable String nextCursor) {}

    /** A list is never continued: who does not find a value in it searches with more letters. */
    @GetMapping(
            path = "/api/v1/datasets/{dataset}/parameters/{parameter}/values",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> values(
            @PathVariable("dataset") String datasetName,
            @PathVariable("parameter") String parameterName,
            Caller caller,
            HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of("q", "limit"));
        String searched = query.value("q").orElse("");
        if (searched.length() > MOST_CHARACTERS) {
            query.fault("q", "must be at most " + MOST_CHARACTERS + " characters");
        }
        int limit = limit(query);
        query.check();
        Datasets.Granted granted = datasets.find(caller, datasetName).orElseThrow(ValuesController::notFound);
        Parameter parameter = granted.dataset().parameters().stream()
                .filter(each -> each.name().equals(parameterName) && each.choices() != null)
                .findFirst()
                .orElseThrow(ValuesController::notFound);
        Object locked = caller.rights().terms().parameters().get(parameterName);
        if (locked != null) {
            return json.fresh(request, new ListView(choices(locked), null));
        }
        places.take(caller.name());
        try {
            BoundParameters bound = ParameterBinder.search(searched, caller.name(), granted.claims());
            return json.fresh(
                    request, new ListView(source.choices(granted.dataset(), parameter, bound, limit, LIMIT), null));
        } catch (SourceException e) {
            log.warn("no values of {} of {}", parameterName, datasetName, e);
            throw new ProblemException(ProblemType.UNAVAILABLE, "The dataset's source does not give values now.")
                    .withRetryAfter(RETRY_SECONDS);
        } finally {
            places.giveBack(caller.name());
        }
    }

    /** There is nothing else to choose where a token locks the parameter, and others' values are not the bearer's. */
    private static List<Choice> choices(Object locked) {
        List<?> values = locked instanceof List<?> list ? list : List.of(locked);
        return values.stream().map(value -> new Choice(value, value.toString())).toList();
    }

    private static int limit(QueryParameters query) {
        String text = query.value("limit").orElse(String.valueOf(USUAL));
        boolean number = text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = number ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            query.fault("limit", "must be a number from 1 to " + MOST);
        }
        return Math.max(1, limit);
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "There are no such values.");
    }
}
