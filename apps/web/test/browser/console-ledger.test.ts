import { HANDLED_EVENTS } from "@liveassist/shared/handled-events";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { arriveAsAdmin } from "../support/admin.ts";
import { looksFine } from "../support/looks-fine.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";
import { eventOfNobody, strayCustomer } from "../support/stray-customer.ts";

const PATIENT = { timeout: 20_000 };
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

let browser: Browser;
let product: Product;
let ada: Person;
let desk: Page;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
  [ada, desk] = await arriveAsAdmin(browser, product);
});

// Whatever went wrong before is told once.
beforeEach(async () => {
  for (const page of ada.context.pages()) if (page !== desk) await page.close();
  ada.complaints.length = 0;
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const step = (page: Page, kind: string) => page.getByTestId(`story-${kind}`);
const idOf = async ({ account }: Person): Promise<string> => {
  const [row] = await product.app.database.sql`select id from users where email = ${account.email}`;
  return String(row?.["id"]);
};

it("shows a purchase as it happens: its events, and the whole way to what the buyer's page confirmed", async () => {
  const [bea, hers] = await arrive("Bea Berg");
  await desk.goto(`${product.url}/operations/events?type=customer.subscription.created`);
  await desk.getByText("No event fits").waitFor();
  const story = await ada.openTab(`/operations/users/${await idOf(bea)}`);
  await step(story, "account").waitFor();
  // News is pushed to who listens: the tab that buys is away at Stripe.
  const open = await bea.openTab();
  await open.getByText("You are on the Free plan.").waitFor();
  await buy(hers);

  // Nobody reloads anything.
  await rowOf(desk, "customer.subscription.created").getByText("Processed").waitFor(PATIENT);
  for (const kind of ["checkout", "payment", "event", "sync", "change", "push", "ack", "xp"])
    await step(story, kind).first().waitFor(PATIENT);
  await story.getByText("Seen by their page", { exact: false }).waitFor();
  await story.getByText("Premium, paid until", { exact: false }).waitFor();

  // Another push may still come in above it.
  const push = step(story, "push").last();
  await push.locator("summary").first().click();
  await push.getByText("socket", { exact: true }).waitFor();
  await story.getByRole("button", { name: "Push", exact: true }).click();
  await expect.poll(() => step(story, "sync").count(), PATIENT).toBe(0);
  await story.reload();
  await step(story, "push").first().waitFor();
  expect(await step(story, "event").count()).toBe(0);
  await story.getByRole("button", { name: "Everything" }).click();
  await story.getByRole("link", { name: /see the ledger/ }).click();
  await rowOf(story, "First payment for Premium").getByText("+250").waitFor();

  await rowOf(desk, "customer.subscription.created")
    .getByRole("link", { name: "customer.subscription.created" })
    .click();
  await desk.getByRole("heading", { name: "customer.subscription.created" }).waitFor();
  await desk.getByRole("region", { name: "Payload, unfolded" }).waitFor();
  // What asked first may have covered it.
  await desk.getByText(/^(No attempt failed|None was needed)\.$/).waitFor();
  await desk.getByRole("link", { name: "invoice.paid" }).first().waitFor();
  await desk.getByRole("button", { name: "Replay" }).click();
  await desk.getByText("Its customer was compared with Stripe again just now.", { exact: false }).waitFor();
  expect([...bea.complaints, ...ada.complaints]).toEqual([]);
  await bea.leave();
});

it("finds events by state, type, user and time, and keeps that in the address", async () => {
  const [cid, his] = await arrive("Cid Carlsson");
  await buy(his);
  const userId = await idOf(cid);
  await desk.goto(`${product.url}/operations/events`);
  const user = desk.getByRole("combobox", { name: "User" });
  await user.fill("Cid C");
  await desk.getByRole("option", { name: /Cid Carlsson/ }).waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
  await desk.waitForURL((url) => url.searchParams.get("user") === userId);
  const types = await desk.getByLabel("Type").locator("option").allInnerTexts();
  expect(types).toEqual(["Every type", ...HANDLED_EVENTS]);
  await desk.getByLabel("State").selectOption("processed");
  await desk.getByLabel("Type").selectOption("invoice.paid");
  await expect.poll(() => desk.getByRole("row").count(), PATIENT).toBe(2);
  await desk.reload();
  await expect.poll(() => user.inputValue(), PATIENT).toBe("Cid Carlsson");
  await expect.poll(() => desk.getByRole("row").count(), PATIENT).toBe(2);
  await desk.getByLabel("Until").fill("2020-01-01T10:00");
  await desk.getByLabel("Until").blur();
  await desk.getByText("No event fits").waitFor();
  expect(new URL(desk.url()).searchParams.get("to")).toBe("2020-01-01T09:00:00.000Z");
  await desk.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => desk.getByRole("row").count(), PATIENT).toBeGreaterThan(3);
  await desk.goto(`${product.url}/operations/users`);
  await desk.getByLabel("Search").fill("cid c");
  await desk.waitForURL((url) => url.searchParams.get("q") === "cid c");
  await expect.poll(() => desk.getByRole("row").count(), PATIENT).toBe(2);
  await desk.getByRole("link", { name: "Cid Carlsson" }).click();
  await desk.getByRole("heading", { name: "Cid Carlsson" }).waitFor();
  expect(ada.complaints).toEqual([]);
  await cid.leave();
});

it("gives a dead letter to whom it belongs: they are Premium in their open tab, and the letters are gone", async () => {
  const [dee, hers] = await arrive("Dee Dahl");
  const customer = await strayCustomer(product);
  await desk.goto(`${product.url}/operations/dead`);
  const letter = rowOf(desk, customer).filter({ hasText: "customer.subscription.created" });
  await letter.waitFor(PATIENT);
  await desk.getByText("Find the person by the payment at Stripe", { exact: false }).waitFor();
  // By keyboard alone.
  await letter.getByRole("button", { name: /^Assign customer.subscription.created/ }).focus();
  await desk.keyboard.press("Enter");
  const dialog = desk.getByRole("dialog", { name: "Whose is it?" });
  await dialog.getByRole("combobox").focus();
  await desk.keyboard.type(dee.account.email.slice(0, 8));
  await desk.getByRole("option", { name: /Dee Dahl/ }).waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
  await dialog.getByText(`Customer ${customer} belongs to Dee Dahl from now on.`, { exact: false }).waitFor();
  await looksFine(desk, "assigning");
  await dialog.getByRole("button", { name: "Assign to Dee Dahl" }).focus();
  await desk.keyboard.press("Enter");
  await desk.locator("p:focus").getByText("It is Dee Dahl’s now.", { exact: false }).waitFor(PATIENT);
  await rowOf(desk, customer).first().waitFor({ state: "detached" });
  await hers.getByTestId("premium-badge").waitFor(PATIENT);
  await desk.getByRole("link", { name: "See their story" }).click();
  await step(desk, "ack").first().waitFor(PATIENT);
  await desk.goto(`${product.url}/operations/events?customer=${customer}&state=dead`);
  await desk.getByText("No event fits").waitFor();
  expect([...dee.complaints, ...ada.complaints]).toEqual([]);
  await dee.leave();
});

it("replays what was chosen, and all of a cause; what is still wrong comes back", async () => {
  const ids = await Promise.all(Array.from({ length: 3 }, () => eventOfNobody(product)));
  await desk.goto(`${product.url}/operations/dead?cause=gone_at_stripe`);
  const card = desk.getByRole("region", { name: "Stripe does not know it any more" });
  for (const id of ids) await card.getByText(id).waitFor(PATIENT);
  await card.getByLabel(`Choose invoice.paid ${ids[0]}`).check();
  await card.getByLabel(`Choose invoice.paid ${ids[1]}`).check();
  await card.getByRole("button", { name: "Replay the chosen 2" }).click();
  await desk.locator("p:focus").getByText("2 events are worked on again.", { exact: false }).waitFor();
  await expect.poll(() => attemptsOf(ids), PATIENT).toEqual([2, 2, 1]);
  await expect.poll(() => triesShown(card, ids), PATIENT).toEqual(["2 attempts", "2 attempts", "1 attempt"]);
  await card.getByRole("button", { name: /^Replay all/ }).click();
  await desk.locator("p:focus").getByText("3 events are worked on again.", { exact: false }).waitFor();
  await expect.poll(() => attemptsOf(ids), PATIENT).toEqual([3, 3, 2]);
  // A letter that is worked on is on no list: what is chosen before all are back is fewer.
  await expect.poll(() => triesShown(card, ids), PATIENT).toEqual(["3 attempts", "3 attempts", "2 attempts"]);
  await card.getByLabel("Choose all that are shown").check();
  // Nothing can be done about them.
  await card.getByRole("button", { name: "Set aside the chosen 3…" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Set aside" }).click();
  await desk.locator("p:focus").getByText("3 letters are set aside.").waitFor();
  await card.waitFor({ state: "detached" });
  expect(ada.complaints).toEqual([]);
});

it("hands out what is kept of somebody, and erases them once their e-mail is typed", async () => {
  const [eve] = await arrive("Eve Ek");
  await desk.goto(`${product.url}/operations/users/${await idOf(eve)}`);
  const [file] = await Promise.all([
    desk.waitForEvent("download"),
    desk.getByRole("button", { name: "Export data" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^liveassist-.+\.json$/);
  await desk.getByText("The file is in your downloads.", { exact: false }).waitFor();
  await desk.getByRole("button", { name: "Erase account…" }).click();
  const dialog = desk.getByRole("dialog", { name: "Erase Eve Ek’s account?" });
  const field = dialog.getByLabel(/^Type .+ to confirm$/);
  await field.fill("somebody@else.example");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await dialog.getByText("That is not their e-mail.").waitFor();
  await field.fill(eve.account.email);
  await desk.keyboard.press("Enter");
  await desk.locator("p:focus").getByText("The account is erased.").waitFor(PATIENT);
  await desk.getByText(/^Account deleted on/).waitFor();
  expect(await desk.getByRole("button", { name: "Erase account…" }).count()).toBe(0);
  expect(ada.complaints).toEqual([]);
  await eve.leave();
});

it.each([
  [PHONE, ["events", "event", "letter", "nothing", "dead", "users", "user", "xp"]],
  [DESK, ["events", "letter", "dead", "user"]],
] as const)("leaves nobody out and fits into %o", async (viewport, shown) => {
  const [fay, hers] = await arrive("Fay Fors");
  await buy(hers);
  const userId = await idOf(fay);
  const letter = await eventOfNobody(product);
  await expect.poll(() => attemptsOf([letter]), PATIENT).toEqual([1]);
  const [row] = await product.app.database.sql`
    select event_id from webhook_events where user_id = ${userId} and outcome = 'processed' limit 1`;
  const places = {
    events: ["events", /^Events$/],
    event: [`events/${row?.["event_id"]}`, /\./],
    letter: [`events/${letter}`, /^invoice.paid$/],
    nothing: ["events/evt_nobody", /^Event$/],
    dead: ["dead", /^Dead letters$/],
    users: ["users", /^Users$/],
    user: [`users/${userId}`, /^Fay Fors$/],
    xp: ["xp", /^XP ledger$/],
  } as const;
  const page = await ada.openTab("/operations");
  await page.setViewportSize(viewport);
  for (const name of shown) {
    const [place, heading] = places[name];
    await page.goto(`${product.url}/operations/${place}`);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await expect.poll(() => page.getByText(/^Loading/).count(), PATIENT).toBe(0);
    await looksFine(page, name);
  }
  // A browser itself notes down that something is not there.
  expect(ada.complaints.filter((line) => !line.includes("evt_nobody"))).toEqual([]);
  await fay.leave();
});

async function arrive(name: string): Promise<[Person, Page]> {
  const person = await Person.arrives(browser, { url: product.url, name });
  const page = await person.openTab();
  await person.signUp(page);
  return [person, page];
}

async function buy(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await page.getByText("Skip the trial and pay now").click();
  await page.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(page, product.url);
  await page.getByTestId("premium-badge").waitFor();
}

/** What the page says of how often each was tried; empty for one that is not on the list now. */
async function triesShown(card: Locator, ids: readonly string[]): Promise<string[]> {
  const rows = await card.getByRole("row").allInnerTexts();
  return ids.map((id) => rows.find((row) => row.includes(id))?.match(/\d+ attempts?/)?.[0] ?? "");
}

async function attemptsOf(ids: readonly string[]): Promise<number[]> {
  const rows = await product.app.database.sql`
    select event_id, attempts from webhook_events where event_id in ${product.app.database.sql(ids)} and outcome = 'dead'`;
  return ids.map((id) => Number(rows.find((row) => row["event_id"] === id)?.["attempts"] ?? 0));
}
