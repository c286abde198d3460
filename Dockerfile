# The server as an image: `docker build -t placet .`
#
# Both base images may be replaced, as long as they are of one C library and the runtime's is no older than the builder's.
# With a runtime image that has no shell (distroless, for instance) everything here works; docker-compose.yml, whose seed
# step is a small script, does not.
ARG RUST_IMAGE=rust:1.95-bookworm
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${RUST_IMAGE} AS build
WORKDIR /src

# The dependencies first, behind a program that does nothing: this layer is rebuilt only when Cargo.toml or Cargo.lock changes.
# aws-lc, SQLite and mimalloc are compiled from C; the compiler comes with the image.
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && echo 'fn main() {}' > src/main.rs && : > src/lib.rs \
    && cargo build --release --locked --bin placet \
    && rm -r src

# Then the program. Cargo goes by time stamps, and what was copied may be older than what was just built: hence `touch`.
COPY . .
RUN touch src/main.rs src/lib.rs \
    && cargo build --release --locked --bin placet \
    && install -D target/release/placet /out/placet \
    && mkdir /out/data

FROM ${RUNTIME_IMAGE}
# The authorities for outgoing TLS come from the builder, so that this stage needs no package manager.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/placet /usr/local/bin/placet
COPY --from=build --chown=10001:10001 /out/data /data

# Without PLACET_DATABASE_URL the database is ./data/placet.db, that is, in the volume.
WORKDIR /
ENV PLACET_LISTEN=0.0.0.0:8080 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 CMD ["placet", "health"]
ENTRYPOINT ["placet"]
