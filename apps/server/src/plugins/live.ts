import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Actor, appRouter, type Context, type Deps } from "@liveassist/api";
import { ERRORS } from "@liveassist/shared/errors";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import type { FastifyInstance } from "fastify";
import { type WebSocket, WebSocketServer } from "ws";
import type { Logins } from "../logins.ts";

/** Every socket's login is asked for again this often, in case a nudge was lost (requirements, edges). */
const RECHECK_MS = 60_000;
const PING_MS = 30_000;
/** The code that tells a client its login is over: it must not simply connect again. */
const LOGIN_OVER = 4401;
const CLOSE_MS = 1_000;

interface Open {
  readonly id: string;
  readonly actor: Actor;
  readonly cookie: string;
  alive: boolean;
}

interface Parts {
  readonly deps: Deps;
  readonly logins: Logins;
  readonly isOwn: (origin: string | undefined) => boolean;
}

/** tRPC over WebSocket on `/trpc`: the session cookie decides at the upgrade, and a socket ends with its login. */
export function serveLive(app: FastifyInstance, { deps, logins, isOwn }: Parts): void {
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const open = new Map<WebSocket, Open>();
  const identities = new WeakMap<IncomingMessage, Open>();
  const handle = getWSConnectionHandler({
    wss: server,
    router: appRouter,
    createContext: ({ req }): Context => {
      const { actor, id } = identityOf(identities, req);
      return { deps, actor, socketId: id, cookies: null };
    },
  });

  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    void admit(request, socket, head).catch((error: unknown) => {
      deps.log.error({ err: error }, "an upgrade failed");
      refuse(socket, "INTERNAL");
    });
  });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== "/trpc") return refuse(socket, "NOT_FOUND");
    if (!isOwn(request.headers.origin)) return refuse(socket, "FOREIGN_ORIGIN");
    const { cookie } = request.headers;
    const { login } = await logins.find(cookie);
    if (!login || cookie === undefined) return refuse(socket, "UNAUTHENTICATED");
    const mine: Open = { id: randomUUID(), actor: login.actor, cookie, alive: true };
    server.handleUpgrade(request, socket, head, (client) => {
      identities.set(request, mine);
      open.set(client, mine);
      deps.log.info({ socketId: mine.id, userId: mine.actor.userId }, "socket opened");
      client.on("pong", () => {
        mine.alive = true;
      });
      client.on("close", () => {
        open.delete(client);
        deps.log.info({ socketId: mine.id, userId: mine.actor.userId }, "socket closed");
      });
      client.on("error", (error) => deps.log.warn({ err: error, socketId: mine.id }, "socket error"));
      handle(client, request);
    });
  }

  async function recheck(userId: string | null): Promise<void> {
    for (const [client, mine] of open) {
      if (userId !== null && mine.actor.userId !== userId) continue;
      try {
        if ((await logins.recheck(mine.cookie)) === null) endForGood(client);
      } catch (error) {
        deps.log.error(
          { err: error, socketId: mine.id },
          "a socket's login could not be checked; trying again later",
        );
      }
    }
  }

  function ping(): void {
    for (const [client, mine] of open) {
      if (!mine.alive) client.terminate();
      mine.alive = false;
      client.ping();
    }
  }

  const stopListening = deps.bus.onLogins((userId) => void recheck(userId));
  const timers = [setInterval(() => void recheck(null), RECHECK_MS), setInterval(ping, PING_MS)];
  app.addHook("preClose", async () => {
    for (const timer of timers) clearInterval(timer);
    stopListening();
    for (const client of open.keys()) client.close(1001, "server stopping");
    for (const client of open.keys()) client.terminate();
    server.close();
  });
}

/** Deaf at once and gone after a moment: a client that never answers the close must not go on with a login that is over. */
function endForGood(client: WebSocket): void {
  client.removeAllListeners("message");
  client.close(LOGIN_OVER, "login over");
  setTimeout(() => client.terminate(), CLOSE_MS).unref();
}

function identityOf(identities: WeakMap<IncomingMessage, Open>, request: IncomingMessage): Open {
  const found = identities.get(request);
  if (!found) throw new Error("a socket without an upgrade");
  return found;
}

function refuse(socket: Duplex, code: "NOT_FOUND" | "FOREIGN_ORIGIN" | "UNAUTHENTICATED" | "INTERNAL"): void {
  const { status, error } = ERRORS[code];
  const body = JSON.stringify({ error, code, message: "The live connection was refused." });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
