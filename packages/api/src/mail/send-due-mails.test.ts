import { mails, users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Mail } from "../mail-port.ts";
import { sendDueMails } from "./send-due-mails.ts";
import { writeMail } from "./write-mail.ts";

let world: TestWorld;
let userId: string;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  world.mails.length = 0;
  ({ userId } = await world.user());
});
afterAll(() => world.close());

const HOUR = 3_600_000;
const to = "anna@example.se";
const write = (key: string, over: Partial<Mail> = {}) =>
  world.deps.db.transaction((tx) =>
    writeMail(world.deps, tx, { userId, key, to, subject: key, text: "Hello", ...over }),
  );
const rowOf = async (key: string) => (await world.deps.db.select().from(mails).where(eq(mails.key, key)))[0];
const outcomes = () =>
  world.counts.filter((one) => one.name === "liveassist_mails_total").map((one) => one.labels["outcome"]);
/** The same world with a mail server that does what a test says. */
const withServer = (send: (mail: Mail) => Promise<void>) => ({ ...world.deps, mail: { send } });

test("a mail is sent once, and its key never writes another", async () => {
  expect(await write("once")).toBe(true);
  expect(await write("once", { text: "Other" })).toBe(false);
  await sendDueMails(world.deps);
  await sendDueMails(world.deps);
  expect(world.mails).toEqual([{ id: expect.any(String), to, subject: "once", text: "Hello" }]);
  expect((await rowOf("once"))?.sentAt).not.toBeNull();
  expect(await write("once")).toBe(false);
  expect(outcomes()).toContain("sent");
});

test("a mail of a transaction that fails is never sent", async () => {
  const failing = world.deps.db.transaction(async (tx) => {
    await writeMail(world.deps, tx, { userId, key: "undone", to, subject: "s", text: "t" });
    throw new Error("undone");
  });
  await expect(failing).rejects.toThrow("undone");
  await sendDueMails(world.deps);
  expect(world.mails).toEqual([]);
});

test("two servers that sweep at once send it once", async () => {
  for (let at = 0; at < 8; at++) await write(`shared-${at}`);
  const taken = await Promise.all([1, 2, 3].map(() => sendDueMails(world.deps)));
  expect(taken.reduce((sum, one) => sum + one)).toBe(8);
  expect(new Set(world.mails.map((one) => one.subject)).size).toBe(8);
  expect(world.mails).toHaveLength(8);
});

test("one that is on its way is not taken by anybody else", async () => {
  await write("slow");
  const server = Promise.withResolvers<void>();
  const sending = sendDueMails(withServer(() => server.promise));
  await expect.poll(async () => (await rowOf("slow"))?.attempts).toBe(1);
  world.clock.advance(60_000);
  expect(await sendDueMails(world.deps)).toBe(0);
  server.resolve();
  await sending;
  expect((await rowOf("slow"))?.sentAt).not.toBeNull();
});

test("a process killed after the mail server's answer sends it again, under the same id", async () => {
  await write("killed");
  const ids: (string | undefined)[] = [];
  const hung = withServer((mail) => {
    ids.push(mail.id);
    return new Promise(() => {});
  });
  void sendDueMails(hung);
  await expect.poll(() => ids).toHaveLength(1);
  world.clock.advance(3 * 60_000);
  await sendDueMails(world.deps);
  expect(world.mails.map((one) => one.id)).toEqual(ids);
});

test("a refused mail is tried again, later each time, alarmed after a while and sent in the end", async () => {
  await write("refused");
  const refusing = withServer(() => Promise.reject(new Error("421 try later")));
  for (let attempt = 1; attempt <= 8; attempt++) {
    const before = world.clock.wall();
    expect(await sendDueMails(refusing)).toBe(1);
    const row = await rowOf("refused");
    expect(row).toMatchObject({ attempts: attempt, lastError: "421 try later", sentAt: null });
    expect(row?.nextAttemptAt.getTime()).toBeGreaterThan(before + 5_000 * 2 ** (attempt - 1));
    expect(await sendDueMails(refusing)).toBe(0);
    world.clock.advance(HOUR);
  }
  expect(world.alarms()).toContain("mail_stuck");
  expect(outcomes()).toContain("failed");
  await sendDueMails(world.deps);
  expect(world.mails).toMatchObject([{ subject: "refused" }]);
});

test("one that is refused does not hold up the others", async () => {
  await write("bad");
  await write("good");
  const sent: string[] = [];
  await sendDueMails(
    withServer(async (mail) => {
      if (mail.subject === "bad") throw new Error("550 no such mailbox");
      sent.push(mail.subject);
    }),
  );
  expect(sent).toEqual(["good"]);
});

test("of a deleted account the last mail is sent, and then forgotten; nothing new is written", async () => {
  await write("last");
  await world.deps.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, userId));
  await sendDueMails(world.deps);
  expect(world.mails).toMatchObject([{ subject: "last" }]);
  expect(await rowOf("last")).toBeUndefined();
  expect(await write("more", { to: "deleted-1@deleted.invalid" })).toBe(false);
});
