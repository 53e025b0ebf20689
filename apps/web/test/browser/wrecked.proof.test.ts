import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "../../../../packages/db/src/embedded.ts";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { BrowserUser } from "../../../server/test/support/browser-user.ts";
import { atCheckout, deliver } from "../../../server/test/support/deliver.ts";
import { openDatabase } from "../../../server/test/support/own-database.ts";
import { type StartedApp, startApp } from "../../../server/test/support/start-app.ts";
import { arriveAsAdmin } from "../support/admin.ts";
import type { Person } from "../support/person.ts";
import { DIST } from "../support/start-product.ts";
import { eventOfNobody, strayCustomer } from "../support/stray-customer.ts";
import { openChannel, openRefusingStripe, openTarPit } from "../support/wrecked-world.ts";

/** An alert takes two measurements ten seconds apart to open, three to be over; eight attempts take a minute. */
const PATIENT = { timeout: 150_000 };

let browser: Browser;
let database: StartedApp["database"];
let emulator: Emulator;
let port: number;
let app: StartedApp;
let ada: Person;
let desk: Page;
const world = {} as {
  channel: Awaited<ReturnType<typeof openChannel>>;
  stripe: Awaited<ReturnType<typeof openRefusingStripe>>;
  post: Awaited<ReturnType<typeof openTarPit>>;
};

beforeAll(async () => {
  [browser, database, port] = await Promise.all([launchBrowser(), openDatabase(), freePort()]);
  emulator = await startEmulator({ forwardTo: `http://127.0.0.1:${port}/api/webhooks/stripe` });
  world.channel = await openChannel();
  world.stripe = await openRefusingStripe(emulator.url);
  world.post = await openTarPit();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await emulator?.close();
  await world.post?.close();
  await world.stripe?.close();
  await world.channel?.close();
  await database?.close();
});

/** The server, with a webhook secret as somebody typed it. */
async function serve(secret: string, env: Record<string, string> = {}): Promise<void> {
  app = await startApp({
    stripe: { url: world.stripe.url, secret },
    clock: { now: () => emulator.clock.now(), wall: () => Date.now() },
    port,
    database,
    webFolder: DIST,
    env: { ALERT_WEBHOOK_URL: world.channel.url, ALERT_THRESHOLDS: "job_late=15", ...env },
  });
}

const product = () => ({ url: app.url, app, emulator, stop: async () => {} });
const rowOf = (text: string) => desk.getByRole("row").filter({ hasText: text });
const incident = (alert: string) => desk.getByTestId("open-incident").filter({ hasText: alert });
const heard = (mark: string) => world.channel.heard.filter((text) => text.startsWith(mark)).map(nameIn);
const nameIn = (text: string): string => /^\S+ (\w+)/.exec(text)?.[1] ?? text;
const goTo = (section: string) =>
  desk.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: section }).click();
const planOf = async (email: string): Promise<string> => {
  const [row] = await database.sql`select subscription_status from users where email = ${email}`;
  return String(row?.["subscription_status"]);
};
const deadLetters = async (): Promise<number> => {
  const [row] = await database.sql`select count(*)::int as n from webhook_events where outcome = 'dead'`;
  return Number(row?.["n"]);
};

const openIncidents = async (): Promise<string[]> => {
  const rows = await database.sql`select alert from incidents where closed_at is null order by alert`;
  return rows.map((row) => String(row["alert"]));
};

/** Pays and closes the browser: nobody comes back, so only a webhook or a walk can tell of it. */
async function buyAndLeave(name: string): Promise<Payer> {
  const { user, sessionId } = await atCheckout(app.url, name);
  await emulator.completeCheckout(sessionId);
  const session = emulator.get(sessionId) as { customer: string };
  return { email: user.email, customer: session.customer };
}

it("a wrecked system is found and repaired by somebody who has only the console and the runbook", async () => {
  await serve("whsec_of_another_endpoint");
  [ada, desk] = await arriveAsAdmin(browser, product());
  for (const name of ["Eve", "Fia"]) claimants.push((await new BrowserUser(app.url).signUp(name)).id);
  const payers = [await buyAndLeave("Bea"), await buyAndLeave("Cid"), await buyAndLeave("Dee")];
  await emulator.clock.advance(3_600);
  await emulator.settled();
  for (const { email } of payers) expect(await planOf(email)).toBe("free");

  // An hour of a wrong secret is the first thing the console says.
  await desk.getByRole("link", { name: "Operations" }).click();
  await incident("webhooks_failing").waitFor(PATIENT);
  await expect.poll(() => heard("🔴"), PATIENT).toContain("webhooks_failing");
  // The runbook: set the right one, and restart; then a walk fetches what was missed. Its mail server is a bad one.
  // Nothing that was refused comes again by itself.
  emulator.drop(emulator.events().map(({ id }) => id));
  await app.stop();
  await serve(emulator.webhookSecret, { SMTP_URL: world.post.url });
  await desk.reload();
  await runWalk();
  for (const { email } of payers) await expect.poll(() => planOf(email), PATIENT).toBe("paid");

  await wreck(payers);
  await goTo("Overview");
  for (const alert of ["dead_letters", "payers_on_free", "job_late"]) await incident(alert).waitFor(PATIENT);
  await expect.poll(deadLetters, PATIENT).toBeGreaterThanOrEqual(4);
  await mendJob();
  await goTo("Overview");
  await incident("payers_on_free").getByRole("link", { name: "Compare with Stripe now" }).click();
  await runWalk();
  for (const { email } of payers) await expect.poll(() => planOf(email), PATIENT).toBe("paid");
  // Whoever pays and is bound to nobody cannot be repaired by a walk: it says so, and a person has to.
  await goTo("Overview");
  await incident("drift_remains").waitFor(PATIENT);
  await mendDeadLetters();
  await runWalk();

  await goTo("Overview");
  // That payments took an hour stays true for an hour, and nothing can repair it; everything else is over.
  await expect.poll(openIncidents, PATIENT).toEqual(["activations_slow"]);
  await incident("activations_slow").waitFor();
  await expect.poll(() => desk.getByTestId("open-incident").count(), PATIENT).toBe(1);
  const ended = () => [...heard("🟢"), "activations_slow"].sort();
  await expect.poll(ended, PATIENT).toEqual([...heard("🔴")].sort());
  const [granted] = await database.sql`
    select count(*)::int as n from xp_events where reason = 'first_premium'`;
  // Three who bought, and two whose customers nobody knew: each once.
  expect(granted?.["n"]).toBe(5);
  await goTo("Actions");
  for (const action of ["startWalk", "assignEvent", "replayDead", "setAsideEvents", "restartJob"])
    await rowOf(action).first().waitFor(PATIENT);
  expect(ada.complaints.filter((text) => !isOfRestart(text))).toEqual([]);
});

/** Has everything compared with Stripe, and waits for the end of it. */
async function runWalk(): Promise<void> {
  await goTo("Drift");
  await desk.getByRole("button", { name: "Run now" }).click();
  await desk.getByText("The walk has ended.").waitFor({ ...PATIENT, state: "attached" });
}

/** While the server restarts a browser itself says that it cannot be reached. */
const isOfRestart = (text: string): boolean => /ERR_CONNECTION_REFUSED|WebSocket connection/.test(text);

/** Customers who pay, of whom one names nobody, and one both claimants. */
let strays: string[] = [];
const claimants: string[] = [];

interface Payer {
  readonly email: string;
  readonly customer: string;
}

/** Dead letters of four causes, rows that differ from Stripe, and a mail that never comes to an end. */
async function wreck(payers: readonly Payer[]): Promise<void> {
  const { sql } = database;
  const [copied = "", ended = "", refused = ""] = payers.map(({ customer }) => customer);
  strays = [await strayCustomer(product()), await strayCustomer(product(), claimants)];
  await eventOfNobody(product());
  world.stripe.refuse(refused);
  const event = emulator
    .events()
    .find((one) => one.type === "invoice.paid" && JSON.stringify(one.data.object).includes(refused));
  const again = { ...event, id: "evt_of_the_refused" };
  expect((await deliver(app.url, again, { secret: emulator.webhookSecret })).status).toBe(200);
  await sql`update subscriptions set status = 'canceled', known_status = 'canceled', plan = 'free', ended_at = now()
    where customer_id = ${ended}`;
  await sql`update users set subscription_status = 'free', subscription_expiry = null where id in
    (select user_id from stripe_customers where customer_id in (${copied}, ${ended}))`;
  await sql`insert into mails (id, user_id, key, "to", subject, text, next_attempt_at)
    select gen_random_uuid(), id, 'wrecked:' || id, 'bea@example.com', 'One that hangs', 'Text', now()
    from users limit 1`;
}

/** Restarts the job that hangs, once its mail server answers. */
async function mendJob(): Promise<void> {
  await incident("job_late").getByRole("link", { name: "Restart the job" }).click();
  await rowOf("mailer").getByText("Hangs").waitFor(PATIENT);
  world.post.mend();
  await rowOf("mailer")
    .getByRole("button", { name: /^Restart mailer/ })
    .click();
  await desk.getByRole("dialog").getByRole("button", { name: "Restart" }).click();
  await rowOf("mailer").getByText("OK", { exact: true }).waitFor(PATIENT);
}

/** Each cause as the page says: assign, replay once Stripe answers, set aside. */
async function mendDeadLetters(): Promise<void> {
  await goTo("Dead letters");
  for (const [at, name] of ["Eve", "Fia"].entries()) {
    const customer = strays[at] ?? "";
    await openCause(["Nobody knows whose they are", "They name several users"][at] ?? "");
    await rowOf(customer)
      .first()
      .getByRole("button", { name: /^Assign/ })
      .click();
    const dialog = desk.getByRole("dialog", { name: "Whose is it?" });
    await dialog.getByRole("combobox").fill(name);
    await desk.getByRole("option", { name }).first().click();
    await dialog.getByRole("button", { name: `Assign to ${name}` }).click();
    await rowOf(customer)
      .first()
      .waitFor({ ...PATIENT, state: "detached" });
  }
  const refused = desk.getByRole("region", { name: "Stripe refused" });
  await refused.waitFor(PATIENT);
  world.stripe.refuse(null);
  await refused.getByRole("button", { name: /^Replay all/ }).click();
  await refused.waitFor({ ...PATIENT, state: "detached" });
  const gone = await openCause("Stripe does not know it any more");
  await gone.getByLabel("Choose all that are shown").check();
  await gone.getByRole("button", { name: /^Set aside the chosen/ }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Set aside" }).click();
  await expect.poll(deadLetters, PATIENT).toBe(0);
}

/** The letters of a cause, which only one shows at a time: the first by itself, also when the one before it has just gone. */
async function openCause(title: string): Promise<Locator> {
  const card = desk.getByRole("region", { name: title });
  const toggle = card.getByRole("button", { name: `Letters: ${title}` });
  await toggle.waitFor(PATIENT);
  const isOpened = async () => {
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
    return card.getByLabel("Choose all that are shown").isVisible();
  };
  await expect.poll(isOpened, PATIENT).toBe(true);
  return card;
}
