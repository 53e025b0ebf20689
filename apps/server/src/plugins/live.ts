import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Actor, appRouter, type Context, type Deps } from "@liveassist/api";
import { ERRORS } from "@liveassist/shared/errors";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import type { FastifyInstance } from "fastify";
import { type WebSocket, WebSocketServer } from "ws";
import type { Logins } from "../logins.ts";
import type { Vitals } from "../vitals.ts";

/** Every socket's login is asked for again this often, in case a nudge was lost (requirements, edges). */
const RECHECK_MS = 60_000;
const PING_MS = 30_000;
/** The code that tells a client its login is over: it must not simply connect again. */
const LOGIN_OVER = 4401;
const CLOSE_MS = 1_000;
const GOODBYE_MS = 500;
/** "Service restart" (RFC 6455's registry): come again, each after its own 0–5 s (design I4). */
const RESTARTING = 1012;
/** tRPC's own word for it: the client goes on listening here until its moment has come, and then connects anew. */
const RECONNECT = JSON.stringify({ id: null, method: "reconnect" });

type Refusal = "NOT_FOUND" | "FOREIGN_ORIGIN" | "UNAUTHENTICATED" | "INTERNAL" | "RESTARTING";

interface Open {
  readonly id: string;
  readonly actor: Actor;
  readonly cookie: string;
  alive: boolean;
}

interface Parts {
  readonly deps: Deps;
  readonly vitals: Vitals;
  readonly logins: Logins;
  readonly isOwn: (origin: string | undefined) => boolean;
}

/** tRPC over WebSocket on `/trpc`: the session cookie decides at the upgrade, and a socket ends with its login. */
export function serveLive(app: FastifyInstance, { deps, vitals, logins, isOwn }: Parts): void {
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
    if (vitals.stopping.signal.aborted) return refuse(socket, "RESTARTING");
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== "/trpc") return refuse(socket, "NOT_FOUND");
    if (!isOwn(request.headers.origin)) return refuse(socket, "FOREIGN_ORIGIN");
    const { cookie } = request.headers;
    const { login } = await logins.find(cookie);
    if (!login || cookie === undefined) return refuse(socket, "UNAUTHENTICATED");
    if (vitals.stopping.signal.aborted) return refuse(socket, "RESTARTING");
    const mine: Open = { id: randomUUID(), actor: login.actor, cookie, alive: true };
    server.handleUpgrade(request, socket, head, (client) => {
      identities.set(request, mine);
      open.set(client, mine);
      count();
      deps.log.info({ socketId: mine.id, userId: mine.actor.userId }, "socket opened");
      client.on("pong", () => {
        mine.alive = true;
      });
      client.on("close", () => {
        open.delete(client);
        count();
        deps.log.info({ socketId: mine.id, userId: mine.actor.userId }, "socket closed");
      });
      client.on("error", (error) => deps.log.warn({ err: error, socketId: mine.id }, "socket error"));
      handle(client, request);
    });
  }

  function count(): void {
    vitals.sockets = open.size;
    deps.metrics.set("liveassist_sockets", open.size);
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

  vitals.stopping.signal.addEventListener("abort", () => {
    for (const client of open.keys()) client.send(RECONNECT);
  });
  const stopListening = deps.bus.onLogins((userId) => void recheck(userId));
  const timers = [setInterval(() => void recheck(null), RECHECK_MS), setInterval(ping, PING_MS)];
  app.addHook("preClose", async () => {
    for (const timer of timers) clearInterval(timer);
    stopListening();
    vitals.stopping.abort();
    await Promise.all([...open.keys()].map(endForRestart));
    server.close();
  });
}

/** Resolves when it is gone. A client that does not answer the close at once is cut off: it comes again all the same. */
function endForRestart(client: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.terminate(), GOODBYE_MS);
    client.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    client.close(RESTARTING, "service restart");
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

function refuse(socket: Duplex, code: Refusal): void {
  // No code of the contract: whoever asks again is let in, here or at another server.
  const { status, error } = code === "RESTARTING" ? { status: 503, error: "restarting" } : ERRORS[code];
  const body = JSON.stringify({ error, code, message: "The live connection was refused." });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
