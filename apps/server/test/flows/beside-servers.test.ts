import { jobStates, servers } from "@liveassist/db/schema";
import { expect, onTestFinished, test, vi } from "vitest";
import { SWEEP_JOB, TAIL_JOB } from "../../src/jobs/names.ts";
import { startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

/** What a server has begun once its first heartbeat is written. */
async function begun(serves?: false) {
  const stub = await new StripeStub().start();
  onTestFinished(() => stub.stop());
  const started = await startApp({
    stripe: { url: stub.url, secret: stub.secret },
    ...(serves === false ? { serves } : {}),
  });
  onTestFinished(() => started.stop());
  return started;
}

test("a command beside the servers works on the inbox; mails, alerts and all other jobs stay with them", async () => {
  const { running } = await begun(false);
  // A terminal without SMTP_URL would write customers' mails into a folder, and one without ALERT_WEBHOOK_URL tell nobody.
  expect([...running.vitals.jobs.keys()].toSorted()).toEqual([SWEEP_JOB, TAIL_JOB].toSorted());
  await running.stop();
  // Nor is it a server: one that is killed by Ctrl-C would be missed.
});

test("a server has them all, and says that it is there", async () => {
  const { running } = await begun();
  expect([...running.vitals.jobs.keys()]).toEqual(
    expect.arrayContaining(["mailer", "watcher", "heartbeat", "reconciler", SWEEP_JOB]),
  );
  const { db, serverId } = running.deps;
  await vi.waitFor(async () => {
    expect(await db.select({ id: servers.serverId }).from(servers)).toEqual([{ id: serverId }]);
    expect((await db.select().from(jobStates)).length).toBe(running.vitals.jobs.size);
  });
});
