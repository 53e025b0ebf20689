import { afterAll, beforeAll, test, vi } from "vitest";
import { createMail } from "../../src/adapters/mail.ts";
import { BrowserUser, PASSWORD } from "../support/browser-user.ts";
import { MailServer } from "../support/mail-server.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const EMAIL = "operator@example.com";

let stub: StripeStub;
let mails: MailServer;
let server: StartedApp;
let operator: BrowserUser;
/** How far the server's wall clock is ahead: a hung minute takes no minute here. */
let ahead = 0;

beforeAll(async () => {
  stub = await new StripeStub().start();
  mails = await new MailServer().start();
  server = await startApp({
    stripe: { url: stub.url, secret: stub.secret },
    env: { SMTP_URL: mails.url, SELLER_EMAIL: "hej@example.com" },
    clock: { now: () => Date.now(), wall: () => Date.now() + ahead },
  });
  operator = new BrowserUser(server.url);
  await operator.post("/api/auth/sign-up/email", { name: "Operator", email: EMAIL, password: PASSWORD });
  await server.database.sql`update users set email_verified = true, role = 'admin'`;
  await operator.post("/api/auth/sign-in/email", { email: EMAIL, password: PASSWORD });
});

afterAll(async () => {
  mails.cut();
  await server.stop();
  await mails.stop();
  await stub.stop();
});

async function mailer(): Promise<Record<string, unknown>> {
  const { body } = await operator.post("/api/admin/jobs/list");
  const jobs = body["jobs"] as Record<string, unknown>[];
  return jobs.find(({ job }) => job === "mailer") ?? {};
}

const write = (key: string) => server.database.sql`
  insert into mails (id, user_id, key, "to", subject, text, next_attempt_at)
  select gen_random_uuid(), id, ${key}, email, ${key}, 'Hello', now() - interval '1 minute' from users`;
const sent = async (key: string) =>
  (await server.database.sql`select sent_at from mails where key = ${key}`)[0]?.["sent_at"] ?? null;
const arrived = (key: string) => mails.received.filter((mail) => mail.includes(`Subject: ${key}\n`)).length;
const lag = async () => {
  const { body } = await operator.post("/api/admin/indicators/read");
  const found = body["indicators"] as { name: string; value: number | null }[];
  return found.find(({ name }) => name === "job_lag_seconds")?.value ?? 0;
};

test.concurrent("a mail server that answers without an end hangs the mailer; it is seen, and helped from the console", async ({
  expect,
}) => {
  await vi.waitFor(async () => expect(await mailer()).toMatchObject({ state: "ok" }), { timeout: 14_000 });
  mails.mood = "endless";
  await write("endless");
  await vi.waitFor(() => expect(mails.held).toBe(1), { timeout: 5_000 });
  ahead += 150_000;
  await vi.waitFor(
    async () => {
      const { state, lag_seconds } = await mailer();
      expect([state, Number(lag_seconds) > 120]).toEqual(["hung", true]);
    },
    { timeout: 14_000, interval: 100 },
  );
  expect(await lag()).toBeGreaterThan(120);
  const { status, body } = await operator.get("/readyz");
  expect([status, body["status"]]).toEqual([200, "degraded"]);
  expect(body["checks"]).toMatchObject({ jobs: { ok: false, late: expect.arrayContaining(["mailer"]) } });

  mails.mood = "works";
  expect((await operator.post("/api/admin/jobs/restart", { job: "mailer" })).body).toEqual({ asked: 1 });
  await vi.waitFor(() => expect(arrived("endless")).toBe(1), { timeout: 14_000 });
  const helped = { state: "ok", restart_asked_at: null };
  await vi.waitFor(async () => expect(await mailer()).toMatchObject(helped), { timeout: 14_000 });
  // The turn that was left ends at last, as a failure, and takes nothing back.
  mails.cut();
  const hasFailed = () =>
    server.logs.some(({ msg, key }) => /could not be sent/.test(String(msg)) && key === "endless");
  await vi.waitFor(() => expect(hasFailed()).toBe(true));
  expect(await sent("endless")).not.toBeNull();
  expect(arrived("endless")).toBe(1);
});

test.concurrent("a mail server that accepts and never says a word holds a mail for ten seconds", async ({
  expect,
}) => {
  const silent = await new MailServer().start();
  silent.mood = "black-hole";
  const port = createMail(
    { smtpUrl: silent.url, from: "hej@example.com", dataDir: "unused" },
    server.running.deps.log,
  );
  const mail = { id: "mail_1", to: "anna@example.com", subject: "Hello", text: "Hello" };
  const asked = performance.now();
  await expect(port.send(mail)).rejects.toThrow(/greeting/i);
  expect(performance.now() - asked).toBeLessThan(15_000);
  await silent.stop();
});
