import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { arriveAsAdmin } from "../support/admin.ts";
import { looksFine } from "../support/looks-fine.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";

/** The watcher looks every ten seconds; whatever may wait for it, on a busy machine. */
const PATIENT = { timeout: 60_000 };

let browser: Browser;
let product: Product;
let admin: Person;
let page: Page;
let buyer: Person;
let shop: Page;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
  [admin, page] = await arriveAsAdmin(browser, product);
  buyer = await Person.arrives(browser, { url: product.url, name: "Berit" });
  shop = await buyer.openTab();
  await buyer.signUp(shop);
  await shop.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await shop.getByText("Skip the trial and pay now").click();
  await shop.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(shop, product.url);
  await shop.getByTestId("premium-badge").waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = (section: string) => page.goto(`${product.url}/operations/${section}`);
const tab = (name: string | RegExp) =>
  page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name });
const database = () => product.app.database.sql;
const hasFocus = (name: string) =>
  page.getByRole("heading", { level: 1, name }).evaluate((heading) => heading === document.activeElement);

async function buyersRow(): Promise<{ id: string; customer: string }> {
  const [row] = await database()`
    select users.id, customer_id as customer from users join stripe_customers on user_id = users.id
    where email = ${buyer.account.email}`;
  return row as { id: string; customer: string };
}

it("says how things are after a purchase, and in which time it became Premium", async () => {
  await page.locator("nav:visible").getByRole("link", { name: "Operations" }).click();
  await page.getByText("No incident is open").first().waitFor(PATIENT);
  const latency = page.getByTestId("indicator-activation_seconds");
  await latency.getByText("OK").waitFor(PATIENT);
  await expect.poll(() => latency.innerText(), PATIENT).toMatch(/\d (ms|secs?)\n/);
  await page.getByTestId("indicator-dead_letters").getByText("Alert above 0").waitFor();
  await page.getByRole("img", { name: /^Arrivals\. Stored: [1-9]/ }).waitFor(PATIENT);
  await page
    .getByRole("img", { name: /^Time to activation\. Median since Stripe: at most/ })
    .waitFor(PATIENT);
  await page.getByText("Nothing failed in this time.").waitFor();
  expect(await page.getByRole("table", { name: "Servers" }).getByRole("row").count()).toBe(2);

  await page.getByRole("button", { name: "Week" }).click();
  await page.waitForURL(/\/operations\?range=week$/);
  await page.getByText("Show as a table").first().click();
  await page.getByRole("columnheader", { name: "Known already" }).waitFor();
  expect(await page.title()).toBe("Overview · Operations · LiveAssist");
});

it("shows an incident before everything else, with where it is mended", async () => {
  const { id } = await buyersRow();
  await database()`insert into billing_flags (id, kind, user_id, object_id, found_at)
    values (${crypto.randomUUID()}, 'refund', ${id}, 'ch_refunded', now())`;
  await open("");
  const incident = page.getByTestId("open-incident");
  await incident.getByText("flags_waiting").waitFor(PATIENT);
  await incident.getByText("It is 1; the alert is for more than 0.").waitFor();
  await incident.getByText("Only in the log", { exact: false }).waitFor();
  await incident.getByRole("link", { name: "Look at the flags" }).click();
  await page.getByRole("button", { name: "Refunded, ch_refunded: looked at" }).click();
  await page.locator("p:focus").getByText("Noted: somebody has looked at ch_refunded").waitFor();
  await page.getByText("Nothing waits").waitFor();
  await page.getByLabel("State").selectOption("All");
  await page
    .getByRole("row", { name: /Refunded/ })
    .getByText("Looked at")
    .waitFor();
});

it("keeps filters in the address: over a reload, and on the way back", async () => {
  await open("events");
  await page.getByRole("row", { name: /checkout\.session\.completed/ }).waitFor();
  await page.getByLabel("State").selectOption({ label: "Ignored" });
  await page.waitForURL(/state=ignored/);
  const paid = page.getByRole("row", { name: /checkout\.session\.completed/ });
  await paid.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("row", { name: /payment_intent\.created/ }).waitFor();
  expect(await paid.count()).toBe(0);
  await page
    .getByRole("link", { name: /payment_intent\.created/ })
    .first()
    .click();
  await page.waitForURL(/\/operations\/events\/evt_/);
  await page.goBack();
  await page.waitForURL(/\/operations\/events\?.*state=ignored/);
  await page.getByRole("row", { name: /payment_intent\.created/ }).waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await paid.waitFor();
});

it("runs a walk when asked, shows it to its end, and repairs a difference", async () => {
  await open("drifts");
  await page.getByText("No walk yet").waitFor();
  await page.getByRole("button", { name: "Run now" }).click();
  // A quick walk is over before the page has heard that it was asked for.
  const news = page
    .getByRole("status")
    .filter({ hasText: /A walk was asked for|walk is under way|walk has ended/ });
  await news.waitFor();
  const walk = page.getByTestId("last-walk");
  await walk.getByText("Finished").waitFor(PATIENT);
  await walk.getByText("Subscriptions at Stripe").waitFor();

  const { id, customer } = await buyersRow();
  await database()`update users set subscription_status = 'free' where id = ${id}`;
  await database()`insert into drifts (walk_id, customer_id, user_id, cause, found_at)
    select max(id), ${customer}, ${id}, 'plan_copy', now() from reconcile_walks`;
  await page.getByRole("row", { name: /The plan on the user's row/ }).waitFor();
  await tab(/^Drift.*1/).waitFor(PATIENT);
  await page.getByRole("button", { name: `Repair ${customer}` }).click();
  await page.locator("p:focus").getByText("is repaired").waitFor(PATIENT);
  await page.getByText("Nothing differs", { exact: true }).waitFor();
  const [row] = await database()`select subscription_status from users where id = ${id}`;
  expect(row).toEqual({ subscription_status: "paid" });
});

it("accepts downgrades only of a walk that stopped, and only after saying what that means", async () => {
  await open("drifts");
  await page.getByTestId("last-walk").waitFor();
  const accept = page.getByRole("button", { name: "Accept downgrades…" });
  expect(await accept.count()).toBe(0);
  await database()`insert into reconcile_walks (state, phase, started_at, finished_at, counts)
    values ('stopped', 'repair', now(), now(), '{"stopped": 1, "downgrades": 44, "payers": 200}')`;
  await page.getByText("44 of 200 people would lose Premium.", { exact: false }).waitFor();
  await accept.click();
  await page.getByRole("dialog").getByText("It holds for that one walk.", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await expect.poll(() => accept.evaluate((button) => button === document.activeElement), PATIENT).toBe(true);
  await accept.click();
  await page.getByRole("button", { name: "Accept and run" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await accept.waitFor({ state: "detached" });
  const [walk] = await database()`select counts from reconcile_walks order by id desc limit 1`;
  expect(walk?.["counts"]).toMatchObject({ downgrades_accepted: 1 });
});

it("lists the jobs, restarts one, and has written down who did", async () => {
  await open("jobs");
  const row = page.getByRole("row", { name: /^inbox-sweep/ });
  await row.getByText("OK").waitFor(PATIENT);
  const restart = row.getByRole("button", { name: /^Restart inbox-sweep/ });
  await restart.click();
  await page.getByRole("dialog").getByRole("button", { name: "Restart" }).click();
  await page.getByText("inbox-sweep was asked to begin anew.").waitFor();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await expect
    .poll(() => restart.evaluate((button) => button === document.activeElement), PATIENT)
    .toBe(true);
  await tab("Actions").click();
  const action = page.getByRole("row", { name: /operations\.restartJob/ });
  await action.getByText("inbox-sweep").waitFor();
  await action.getByText("Ada").waitFor();
  await action.getByText("Done").waitFor();
});

it("can be walked through with the keyboard alone", async () => {
  await open("");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await tab("Events").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => hasFocus("Events"), PATIENT).toBe(true);
  await page.getByRole("link", { name: /checkout\.session\.completed/ }).focus();
  const row = page.getByRole("row", { name: /checkout\.session\.completed/ });
  // The exact time of the row that has the focus is seen, not only on hover.
  await row.locator("span[aria-hidden]", { hasText: /\d{4}.*\d\d:\d\d:\d\d/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/operations\/events\/evt_/);
  await page.getByRole("heading", { level: 1 }).waitFor();
});

it("is not there for others, nor is a section that there is none of", async () => {
  await shop.goto(`${product.url}/operations`);
  await shop.getByText("There is nothing here").waitFor();
  await open("secrets");
  await page.getByText("There is nothing here").waitFor();
  await open("constructor");
  await page.getByText("There is nothing here").waitFor();
});

it("says so when an answer does not come, and goes on when it does", async () => {
  await page.route("**/trpc/operations.listJobs*", (route) => route.abort());
  await page.route("**/trpc/operations.listActions*", (route) => route.abort());
  const before = admin.complaints.length;
  await open("jobs");
  await page.getByText("The jobs did not come").waitFor(PATIENT);
  await tab("Actions").click();
  await page.getByText("The list did not come").waitFor(PATIENT);
  // The list asks again by itself, too: were it let through first, the button might be gone.
  await page.getByRole("button", { name: "Try again" }).click();
  await page.unroute("**/trpc/operations.listActions*");
  await page.getByRole("table", { name: "Actions" }).waitFor();
  // The browser itself notes each call that was cut off.
  expect(admin.complaints.splice(before).every((said) => said.includes("ERR_FAILED"))).toBe(true);
  await page.unroute("**/trpc/operations.listJobs*");
});

it("keeps what is over: an incident that was mended above", async () => {
  await open("");
  const over = page.getByRole("table", { name: "Recent incidents" });
  await over.getByRole("row", { name: /flags_waiting/ }).waitFor(PATIENT);
  const mended = page.getByTestId("open-incident").filter({ hasText: "flags_waiting" });
  await mended.waitFor({ state: "detached" });
});

for (const colorScheme of ["light", "dark"] as const) {
  it(`leaves nobody out, in ${colorScheme}`, async () => {
    const viewport = colorScheme === "light" ? { width: 1280, height: 800 } : { width: 360, height: 740 };
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    for (const section of ["", "drifts?state=all", "flags?state=all", "jobs", "actions"]) {
      await open(section);
      await page.getByRole("table").first().waitFor();
      await looksFine(page, section);
    }
    await open("posts");
    await page.getByText("Nothing is reported").waitFor();
    await looksFine(page, "posts");
  });
}

it("left nothing in the console of the browser", () => {
  expect([...admin.complaints, ...buyer.complaints]).toEqual([]);
});
