# The page, then the program, then an image with nothing but the program: static, not root.
FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc* ./
RUN npx -y npm@11 install --no-save --no-audit --no-fund
COPY web/ ./
COPY api/openapi.gen.json /src/api/
RUN npm run build

FROM golang:1.26-bookworm AS go
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY api/ api/
COPY .ci/build .ci/build
COPY cmd/ cmd/
COPY internal/ internal/
COPY migrations/ migrations/
COPY web/*.go web/
COPY --from=web /src/web/dist/ web/dist/
ARG VERSION=unknown
RUN mkdir -p /out/data && .ci/build "${VERSION}" /out/fieldtrial

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=go /out/fieldtrial /fieldtrial
COPY --from=go --chown=nonroot:nonroot /out/data /data
ENV FIELDTRIAL_ADDR=:8080 FIELDTRIAL_DATA=/data
VOLUME /data
EXPOSE 8080
USER nonroot:nonroot
ENTRYPOINT ["/fieldtrial"]
CMD ["serve"]
