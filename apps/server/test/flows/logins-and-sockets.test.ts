import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser, PASSWORD } from "../support/browser-user.ts";
import { openSocket, tryUpgrade } from "../support/raw-socket.ts";
import { readMail, resetTokenIn } from "../support/read-mail.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;
/** Another server on the same database, as behind a load balancer: the same address, so the same cookies. */
let second: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  const stripe = { url: stub.url, secret: stub.secret };
  server = await startApp({ stripe });
  second = await startApp({ stripe, database: server.database, env: { APP_URL: server.url } });
});

afterAll(async () => {
  await second.stop();
  await server.stop();
  await stub.stop();
});

const secondUrl = () => `http://127.0.0.1:${second.port}`;
const logins = async (user: BrowserUser) =>
  (await user.call("GET /trpc/user.listLogins")).body["result"] as { data: Record<string, unknown>[] };

/** Far below the 60 s after which every socket is asked for its login anyway. */
const BLINK_MS = 20_000;
const LOGIN_OVER = 4401;

async function closes(socket: { closed: Promise<number> }): Promise<number> {
  const late = new Promise<number>((_resolve, reject) => {
    setTimeout(() => reject(new Error("the socket outlived its login")), BLINK_MS).unref();
  });
  return Promise.race([socket.closed, late]);
}

/** A socket on each of the two servers. */
const socketsOf = async (user: BrowserUser) => [
  await openSocket(`http://127.0.0.1:${server.port}`, user.cookie),
  await openSocket(secondUrl(), user.cookie),
];

describe("the upgrade", () => {
  test("without a login is refused with 401", async () => {
    for (const cookie of ["", "liveassist-1.session_token=forged.signature", "session_token"]) {
      const refused = await tryUpgrade(server.url, { headers: { cookie } });
      expect(refused).toMatchObject({
        status: 401,
        body: { error: "unauthenticated", code: "UNAUTHENTICATED", message: expect.any(String) },
      });
    }
  });

  test("from a foreign origin is refused with 403, login or not", async () => {
    const user = await new BrowserUser(server.url).signUp("Ada");
    const foreign = ["https://evil.example", "null", `${server.url}.evil.example`, "http://localhost:1"];
    for (const origin of foreign) {
      const refused = await tryUpgrade(server.url, { headers: { cookie: user.cookie, origin } });
      expect(refused, origin).toMatchObject({
        status: 403,
        body: { error: "foreign_origin", code: "FOREIGN_ORIGIN" },
      });
    }
  });

  test("with the cookie is admitted from our own origin, in both loopback spellings, and without any", async () => {
    const user = await new BrowserUser(server.url).signUp("Bea");
    const own = [server.url, `http://127.0.0.1:${server.port}`];
    for (const headers of [...own.map((origin) => ({ origin })), {}]) {
      const { status, socket } = await tryUpgrade(server.url, {
        headers: { cookie: user.cookie, ...headers },
      });
      expect(status).toBe(101);
      socket?.close();
    }
  });

  test("at another path is a 404", async () => {
    const user = await new BrowserUser(server.url).signUp("Cai");
    const refused = await tryUpgrade(server.url, { headers: { cookie: user.cookie }, path: "/api/users/me" });
    expect(refused).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  });
});

describe("a socket ends with its login, on every server", () => {
  test("at sign-out, and only those of that login", async () => {
    const user = await new BrowserUser(server.url).signUp("Dag");
    const phone = await user.elsewhere();
    const mine = await socketsOf(user);
    const other = await openSocket(secondUrl(), phone.cookie);
    await user.post("/api/auth/sign-out");
    expect(await Promise.all(mine.map(closes))).toEqual([LOGIN_OVER, LOGIN_OVER]);
    other.send(JSON.stringify({ id: 1, method: "query", params: { path: "user.me" } }));
    expect(await other.until((message) => message["id"] === 1)).toMatchObject({
      result: { data: { id: user.id } },
    });
    other.close();
  });

  test("at a changed password, on the other devices", async () => {
    const user = await new BrowserUser(server.url).signUp("Eli");
    const phone = await user.elsewhere();
    const theirs = await socketsOf(phone);
    const body = { currentPassword: PASSWORD, newPassword: "brand new password" };
    expect((await user.post("/api/auth/change-password", body)).status).toBe(200);
    expect(await Promise.all(theirs.map(closes))).toEqual([LOGIN_OVER, LOGIN_OVER]);
    expect((await tryUpgrade(secondUrl(), { headers: { cookie: phone.cookie } })).status).toBe(401);
    const mine = await tryUpgrade(secondUrl(), { headers: { cookie: user.cookie } });
    expect(mine.status).toBe(101);
    mine.socket?.close();
  });

  test("at a renewed password, although whoever renews it is not signed in", async () => {
    const user = await new BrowserUser(server.url).signUp("Fay");
    const sockets = await socketsOf(user);
    const visitor = new BrowserUser(server.url);
    await visitor.post("/api/auth/request-password-reset", { email: user.email });
    const token = resetTokenIn(await readMail(server.dataDir, user.email));
    const answer = await visitor.post("/api/auth/reset-password", {
      newPassword: "brand new password",
      token,
    });
    expect(answer.status).toBe(200);
    expect(await Promise.all(sockets.map(closes))).toEqual([LOGIN_OVER, LOGIN_OVER]);
  });

  test("when it is revoked from the list; somebody else's login cannot be", async () => {
    const user = await new BrowserUser(server.url).signUp("Gil");
    const stranger = await new BrowserUser(server.url).signUp("Hal");
    const phone = await user.elsewhere(secondUrl());
    const { data } = await logins(user);
    expect(data).toHaveLength(2);
    expect(Object.keys(data[0] ?? {})).not.toContain("token");
    const theirs = await logins(phone);
    const id = theirs.data.find((one) => one["current"] === true)?.["id"];
    const sockets = await socketsOf(phone);
    const refused = await stranger.post("/trpc/user.revokeLogin", { id });
    expect(refused).toMatchObject({
      status: 404,
      body: { error: { data: { contract: { code: "NOT_FOUND" } } } },
    });
    expect((await phone.get("/api/users/me")).status).toBe(200);
    expect((await user.post("/trpc/user.revokeLogin", { id })).status).toBe(200);
    expect(await Promise.all(sockets.map(closes))).toEqual([LOGIN_OVER, LOGIN_OVER]);
    expect((await phone.get("/api/users/me")).status).toBe(401);
    expect((await logins(user)).data).toHaveLength(1);
  });

  test("and is deaf at once, even when the client never answers the close", async () => {
    const user = await new BrowserUser(server.url).signUp("Ida");
    const phone = await user.elsewhere();
    const { id } = (await logins(phone)).data.find((one) => one["current"] === true) ?? {};
    const { id: ownId } = (await logins(user)).data.find((one) => one["current"] === true) ?? {};
    const socket = await openSocket(server.url, phone.cookie);
    const hold = socket.holdClose();
    await user.post("/trpc/user.revokeLogin", { id });
    await hold;
    // The thief's last try: end the owner's own login over the socket whose login is over.
    socket.send(
      JSON.stringify({
        id: 7,
        method: "mutation",
        params: { path: "user.revokeLogin", input: { id: ownId } },
      }),
    );
    await closes(socket);
    expect((await user.get("/api/users/me")).status).toBe(200);
  });
});

describe("nonsense on a socket", () => {
  test("gets an error of the contract's shape, or the socket's end, and never the server's", async () => {
    const user = await new BrowserUser(server.url).signUp("Jon");
    const nonsense = [
      "{",
      "null",
      "[]",
      "42",
      '{"id":1}',
      '{"id":2,"method":"subscription","params":null}',
      '{"id":3,"method":"query","params":{"path":"no.such"}}',
      '{"id":4,"method":"query","params":{"path":"constructor"}}',
      '{"id":5,"method":"mutation","params":{"path":"subscription.confirm","input":{"sessionId":7}}}',
      '{"id":6,"method":"subscription","params":{"path":"subscription.onUpdated","input":{"lastEventId":{}}}}',
    ];
    for (const text of nonsense) {
      const socket = await openSocket(server.url, user.cookie);
      socket.send(text);
      socket.send(JSON.stringify({ id: 99, method: "query", params: { path: "user.me" } }));
      await Promise.race([socket.until((message) => message["id"] === 99), closes(socket)]);
      for (const message of socket.heard.filter((one) => one["error"])) {
        expect(message).toMatchObject({ error: { data: { contract: { code: expect.any(String) } } } });
        expect(JSON.stringify(message)).not.toMatch(/\bat .*\.[jt]s|stack/);
      }
      socket.close();
    }
    expect(await user.me()).toMatchObject({ id: user.id });
  });

  test("too large a message ends the socket", async () => {
    const user = await new BrowserUser(server.url).signUp("Kim");
    const socket = await openSocket(server.url, user.cookie);
    socket.send(`{"id":1,"method":"query","params":{"path":"${"x".repeat(70_000)}"}}`);
    expect(await closes(socket)).toBe(1009);
  });
});
