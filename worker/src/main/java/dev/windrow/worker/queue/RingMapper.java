package dev.windrow.worker.queue;

import java.util.Set;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.RecurringJob;
import org.jobrunr.jobs.mappers.JobMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the jobs that are stored. A stored job names a class, a method and the classes of its parameters, which JobRunr
 * loads while it reads and filters the job, long before it runs: so whoever can write to the table would choose what is
 * loaded and called. Here each job is looked at as mere JSON first, and what is not exactly a ring of ours becomes
 * {@link Ring#NONE}, which does nothing. Thread-safe.
 */
final class RingMapper extends JobMapper {
    private static final Logger log = LoggerFactory.getLogger(RingMapper.class);
    private static final JsonMapper PLAIN = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String DETAILS = "jobDetails";
    private static final String PARAMETERS = "jobParameters";
    private static final String METADATA = "metadata";
    private static final Set<String> OF_DETAILS =
            Set.of("className", "staticFieldName", "methodName", PARAMETERS, "cacheable");
    private static final Set<String> OF_PARAMETER = Set.of("className", "actualClassName", "object");
    private static final int LONGEST_ID = 200;

    RingMapper(org.jobrunr.utils.mapper.JsonMapper json) {
        super(json);
    }

    @Override
    public Job deserializeJob(String json) {
        return super.deserializeJob(checked(json));
    }

    /** There are none of ours. */
    @Override
    public RecurringJob deserializeRecurringJob(String json) {
        return super.deserializeRecurringJob(checked(json));
    }

    /**
     * The same job written anew, so that what JobRunr reads is what was looked at, even where a name was there twice.
     */
    private static String checked(String json) {
        if (!(PLAIN.readTree(json) instanceof ObjectNode job)) {
            throw new IllegalArgumentException("a row of the queue is no job");
        }
        if (!isRing(job.path(DETAILS))) {
            log.warn("A row of the queue names a job that is not of this program; it is not run: {}", id(job));
            job.set(DETAILS, details(Ring.NONE));
        }
        if (job.has(METADATA)) {
            // A ring has none, and each of them names a class.
            job.set(METADATA, NODES.objectNode().put("@class", "java.util.concurrent.ConcurrentHashMap"));
        }
        return PLAIN.writeValueAsString(job);
    }

    private static boolean isRing(JsonNode details) {
        JsonNode parameters = details.path(PARAMETERS);
        return OF_DETAILS.containsAll(details.propertyNames())
                && isText(details.path("className"), RingHandler.class.getName())
                && isText(details.path("methodName"), "run")
                && (details.path("staticFieldName").isNull()
                        || details.path("staticFieldName").isMissingNode())
                && parameters.isArray()
                && parameters.size() == 1
                && isRingParameter(parameters.get(0));
    }

    private static boolean isRingParameter(JsonNode parameter) {
        JsonNode ring = parameter.path("object");
        return OF_PARAMETER.containsAll(parameter.propertyNames())
                && isText(parameter.path("className"), Ring.class.getName())
                && (parameter.path("actualClassName").isMissingNode()
                        || isText(parameter.path("actualClassName"), Ring.class.getName()))
                && ring.isObject()
                && ring.size() == 1
                && ring.path("exportId").isString();
    }

    private static boolean isText(JsonNode node, String text) {
        return node.isString() && node.stringValue().equals(text);
    }

    private static ObjectNode details(Ring ring) {
        ObjectNode parameter =
                NODES.objectNode().put("className", Ring.class.getName()).put("actualClassName", Ring.class.getName());
        parameter.putObject("object").put("exportId", ring.exportId());
        ArrayNode parameters = NODES.arrayNode().add(parameter);
        ObjectNode details =
                NODES.objectNode().put("className", RingHandler.class.getName()).put("methodName", "run");
        details.set(PARAMETERS, parameters);
        return details;
    }

    /** Of a stranger's row, for the log. */
    private static String id(JsonNode job) {
        String id = job.path("id").asString("").replaceAll("[^0-9A-Za-z-]", "?");
        return id.substring(0, Math.min(id.length(), LONGEST_ID));
    }
}
