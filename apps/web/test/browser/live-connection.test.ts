import type { Browser, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";

let browser: Browser;
let product: Product;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it("asks for the status while the live connection is away, says so, and finds the payment all the same", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Finn" });
  const buying = await person.openTab();
  await person.signUp(buying);
  const cutOff = await person.openTab("/nowhere");
  await cutOff.routeWebSocket("**/trpc", (socket) => socket.close());
  await cutOff.goto(product.url);
  await cutOff.getByText("Live updates are paused").waitFor();

  await buying.bringToFront();
  await buying.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await buying.getByText("Skip the trial and pay now").click();
  await buying.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(buying, product.url);
  await cutOff.getByTestId("premium-badge").waitFor();
  expect(await cutOff.getByText("Live updates are paused").count()).toBe(1);
  await person.leave();
});

it("replays after a cut what happened meanwhile, and says once that the trial has begun", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Gro" });
  const page = await person.openTab();
  await person.signUp(page);
  const listening = await person.openTab("/nowhere");
  const sockets: WebSocketRoute[] = [];
  let away = false;
  await listening.routeWebSocket("**/trpc", (socket) => {
    // Closed at the first word, as a server does that is going away.
    if (away) return socket.onMessage(() => void socket.close());
    const server = socket.connectToServer();
    server.onMessage((message) => {
      socket.send(message);
      if (String(message).includes("started")) sockets.push(socket);
    });
  });
  await listening.goto(product.url);
  // Two live procedures are listened to on Home, over one socket: one's own changes, and the community's.
  await expect.poll(() => sockets.length, { timeout: 20_000 }).toBe(2);
  // The status alone would tell, too: here only the live connection may.
  await listening.route("**/trpc/subscription.status*", (route) => route.abort());
  away = true;
  await sockets[0]?.close();

  await page.bringToFront();
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await page.getByRole("button", { name: /^Start 5-day trial/ }).click();
  await payOnCheckoutPage(page, product.url);
  await page.getByText("Your 5-day trial has begun").waitFor();
  expect(await listening.getByTestId("premium-badge").count()).toBe(0);
  away = false;
  await listening.getByTestId("premium-badge").waitFor();
  expect(await listening.getByText("Your 5-day trial has begun").count()).toBe(0);
  await person.leave();
});

it("ends every tab of a login that was ended elsewhere, and asks to sign in again", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Hal" });
  const page = await person.openTab();
  await person.signUp(page);
  const other = await Person.arrives(browser, { url: product.url, name: "Hal" });
  const elsewhere = await other.openTab("/sign-in");
  await elsewhere.getByLabel("E-mail").fill(person.account.email);
  await elsewhere.getByLabel("Password", { exact: true }).fill(person.account.password);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.locator("nav:visible").getByRole("link", { name: "Settings" }).click();
  await elsewhere.getByRole("button", { name: /^End the login/ }).click();
  await page.getByText("Your login has ended.", { exact: false }).waitFor();
  await expect.poll(() => elsewhere.getByRole("button", { name: /^End the login/ }).count()).toBe(0);
  await person.leave();
  await other.leave();
});
