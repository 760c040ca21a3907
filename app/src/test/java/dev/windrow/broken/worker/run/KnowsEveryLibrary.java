package dev.windrow.broken.worker.run;

import jakarta.servlet.Servlet;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

record KnowsEveryLibrary(
        JobRequestScheduler jobs,
        ZipFile zip,
        Yaml yaml,
        Flyway flyway,
        CommandLine commandLine,
        DataSource jdbc,
        Servlet web) {}
