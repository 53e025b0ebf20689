import { users } from "@liveassist/db/schema";
import { getTableColumns } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser, PASSWORD } from "../support/browser-user.ts";
import { readMail, resetTokenIn } from "../support/read-mail.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const visitor = () => new BrowserUser(server.url);
const rowOf = async (id: string) => (await server.database.sql`select * from users where id = ${id}`)[0];

describe("signing up and in", () => {
  test("a sign-up sets an httpOnly, SameSite=Lax cookie for the whole site, without Secure on http", async () => {
    const answer = await visitor().post("/api/auth/sign-up/email", {
      name: "Cleo",
      email: "cleo@example.com",
      password: PASSWORD,
    });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie().find((one) => one.includes("session_token"));
    expect(cookie).toMatch(/; ?HttpOnly/i);
    expect(cookie).toMatch(/; ?SameSite=Lax/i);
    expect(cookie).toMatch(/; ?Path=\/(;|$)/i);
    expect(cookie).not.toMatch(/; ?Secure/i);
  });

  test("the login carries to REST, and after sign-out to nothing any more", async () => {
    const user = await visitor().signUp("Dora");
    expect(await user.me()).toMatchObject({ email: user.email, role: "user", subscription_status: "free" });
    const { cookie } = user;
    expect((await user.post("/api/auth/sign-out")).status).toBe(200);
    const again = await visitor().call("GET /api/users/me", { headers: { cookie } });
    expect(again).toMatchObject({
      status: 401,
      body: { error: "unauthenticated", code: "UNAUTHENTICATED", message: expect.any(String) },
    });
  });

  test("a wrong password and an unknown address get the same 401", async () => {
    const user = await visitor().signUp("Eva");
    const wrong = await visitor().post("/api/auth/sign-in/email", {
      email: user.email,
      password: "no no no no",
    });
    const unknown = await visitor().post("/api/auth/sign-in/email", {
      email: "nobody@example.com",
      password: "no no no no",
    });
    expect(wrong).toMatchObject({ status: 401, body: { error: "unauthenticated", code: "UNAUTHENTICATED" } });
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  test("an address can have one account, however it is written", async () => {
    const user = await visitor().signUp("Finn");
    for (const email of [user.email, user.email.toUpperCase()]) {
      const second = await visitor().post("/api/auth/sign-up/email", {
        name: "Finn",
        email,
        password: PASSWORD,
      });
      expect(second).toMatchObject({ status: 409, body: { error: "conflict", code: "EMAIL_TAKEN" } });
      expect(second.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("columns of users (law 6)", () => {
  const own = new Set(["name", "email"]);
  const columns = Object.entries(getTableColumns(users)).flatMap(([key, column]) => [key, column.name]);
  const forbidden = [...new Set(columns)].filter((name) => !own.has(name));
  const values = ["admin", 9999, true, new Date(Date.now() + 1e9).toISOString(), "paid"];

  test("each one posted to sign-up is refused, and makes no account", async () => {
    const [before] = await server.database.sql`select count(*)::int as n from users`;
    const tried = forbidden.flatMap((column) => values.map((value) => ({ column, value })));
    const answers = await Promise.all(
      tried.map(({ column, value }, index) =>
        visitor().post("/api/auth/sign-up/email", {
          name: "Mallory",
          email: `mallory-${index}@example.com`,
          password: PASSWORD,
          [column]: value,
        }),
      ),
    );
    expect(forbidden).toEqual(expect.arrayContaining(["role", "xp", "subscription_status", "emailVerified"]));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_input", code: "INVALID_INPUT" } });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await server.database.sql`select count(*)::int as n from users`).toEqual([before]);
  });

  test("each one posted to update-user is refused, and changes nothing", async () => {
    const user = await visitor().signUp("Gert");
    const before = await rowOf(user.id);
    for (const column of [...forbidden, "email"]) {
      const answer = await user.post("/api/auth/update-user", { name: "Gert", [column]: "admin" });
      expect(answer.status, column).toBe(400);
    }
    expect(await rowOf(user.id)).toEqual(before);
    expect((await user.post("/api/auth/update-user", { name: "Gertrud" })).status).toBe(200);
    expect(await user.me()).toMatchObject({ name: "Gertrud", role: "user", xp: 0 });
  });
});

describe("passwords", () => {
  test("a forgotten one is renewed by the link in the mail: once, and it ends every login", async () => {
    const user = await visitor().signUp("Hana");
    const asked = await visitor().post("/api/auth/request-password-reset", { email: user.email });
    const forNobody = await visitor().post("/api/auth/request-password-reset", { email: "who@example.com" });
    expect(asked.status).toBe(200);
    expect(forNobody.body).toEqual(asked.body);
    const token = resetTokenIn(await readMail(server.dataDir, user.email));
    const renew = (newPassword: string) => visitor().post("/api/auth/reset-password", { newPassword, token });
    expect((await renew("brand new password")).status).toBe(200);
    expect(await renew("another password")).toMatchObject({ status: 400, body: { code: "INVALID_INPUT" } });
    expect((await user.get("/api/users/me")).status).toBe(401);
    await expect(user.elsewhere()).rejects.toThrow("401");
    const back = await user.elsewhere(server.url, "brand new password");
    expect(await back.me()).toMatchObject({ id: user.id });
  });

  test("a changed one needs the old one, keeps this login and ends the others", async () => {
    const user = await visitor().signUp("Ivo");
    const phone = await user.elsewhere();
    const change = (currentPassword: string) =>
      user.post("/api/auth/change-password", { currentPassword, newPassword: "brand new password" });
    const refused = await change("not the old one");
    expect(refused.status).toBe(400);
    expect((await phone.get("/api/users/me")).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(200);
    expect(await user.me()).toMatchObject({ id: user.id });
    expect((await phone.get("/api/users/me")).status).toBe(401);
    await expect(user.elsewhere()).rejects.toThrow("401");
  });

  test("no log line carries an address, a name, a password or a token", async () => {
    const text = JSON.stringify(server.logs);
    expect(text).not.toMatch(/@example\.com|correct horse|brand new|reset-password\?token/i);
    expect(server.logs.length).toBeGreaterThan(0);
  });
});
