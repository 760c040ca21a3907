# One image for every role; docker-compose.yml says which one a container plays.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
# Tests and checks are for mvn verify.
RUN mvn -q -B -DskipChecks -Dmaven.test.skip=true package -pl app -am \
 && app/take-apart "$(command -v java)" app/target/ready

FROM eclipse-temurin:17-jre
# A number, so that the volume's owner is the same in every container.
RUN apt-get update && apt-get install -y --no-install-recommends wget && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 windrow \
 && useradd --uid 10001 --gid windrow --home-dir /data --no-create-home --shell /usr/sbin/nologin windrow \
 && install -d -m 0700 -o windrow -g windrow /data
COPY --from=build /build/app/target/ready /build/app/jvm.options /opt/windrow/
# As ./windrow does after a build: a short export leaves an archive of the loaded classes, for this Java and these very
# files.
RUN cd /tmp \
 && java @/opt/windrow/jvm.options -Xmx256m -XX:ArchiveClassesAtExit=/opt/windrow/classes -jar /opt/windrow/windrow.jar \
      demo --once --rows 2000 --home /tmp/trial --port 0 >/dev/null \
 && rm -rf /tmp/trial /tmp/sqlite-* \
 && chmod a+r /opt/windrow/classes
USER windrow
WORKDIR /data
ENV WINDROW_HOME=/data \
    WINDROW_HEAP=256m \
    JAVA_OPTS=""
VOLUME /data
EXPOSE 8080
# As compose and Kubernetes ask by themselves; with TLS of its own, or a port of management, give another.
HEALTHCHECK --start-period=60s CMD wget -q -O /dev/null "http://127.0.0.1:${SERVER_PORT:-8080}/actuator/health/liveness"
# exec: Java is the process that the signals reach. The options are those of ./windrow.
ENTRYPOINT ["/bin/sh", "-c", "exec java @/opt/windrow/jvm.options -Xmx$WINDROW_HEAP -XX:SharedArchiveFile=/opt/windrow/classes '-Xlog:cds*=off' $JAVA_OPTS -jar /opt/windrow/windrow.jar \"$@\"", "windrow"]
CMD ["serve"]
