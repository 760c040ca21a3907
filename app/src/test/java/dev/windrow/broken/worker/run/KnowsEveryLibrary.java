package dev.windrow.broken.worker.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import io.opentelemetry.api.trace.Span;
import jakarta.mail.Message;
import jakarta.servlet.Servlet;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hc.core5.http.HttpHost;
import org.apache.sshd.client.SshClient;
import org.flywaydb.core.Flyway;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

record KnowsEveryLibrary(
        JobRequestScheduler jobs,
        ZipFile zip,
        Yaml yaml,
        Flyway flyway,
        CommandLine commandLine,
        DataSource jdbc,
        Servlet web,
        S3Client bucket,
        HttpHost target,
        SshClient shell,
        Message mail,
        McpSchema tools,
        MeterRegistry meters,
        Span span) {}
