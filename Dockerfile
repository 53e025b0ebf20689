# What was and was not exercised of this file: docs/operations/deploying.md#the-image
FROM node:26.10.0-slim AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/api/package.json packages/api/
COPY packages/db/package.json packages/db/
COPY packages/shared/package.json packages/shared/
COPY packages/stripe-emulator/package.json packages/stripe-emulator/

FROM manifests AS web
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --filter "@liveassist/web..."
COPY . .
RUN npx -y pnpm@12.21.0 --filter @liveassist/web run build

# The commands of an operator find a running `npm start` by the emulator's files, so its package comes along; nothing starts it.
FROM manifests AS server
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --prod --filter "@liveassist/server..." --filter @liveassist/stripe-emulator

FROM node:26.10.0-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=server /app ./
COPY packages packages
COPY apps/server apps/server
COPY scripts scripts
COPY --from=web /app/apps/web/dist apps/web/dist
RUN mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "apps/server/src/main.ts"]
