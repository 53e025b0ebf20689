import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const COOKIE = "liveassist_checkout";
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

async function atCheckout(name: string, trial = false) {
  const user = await new BrowserUser(server.url).signUp(name);
  const checkout = await user.post("/api/subscriptions/create-checkout", { trial });
  expect(checkout.status).toBe(200);
  return {
    user,
    checkout,
    sessionId: String(checkout.body["sessionId"]),
    token: user.cookieNamed(COOKIE) ?? "",
  };
}

const comeBack = (browser: BrowserUser, sessionId: string) =>
  browser.get(`/api/checkout/return?session_id=${encodeURIComponent(sessionId)}`);
const isSignedIn = async (browser: BrowserUser) => (await browser.get("/api/users/me")).status === 200;

/** A browser that lost its login on the way, and still has this return cookie. */
function strangerWith(token: string): BrowserUser {
  const browser = new BrowserUser(server.url);
  browser.setCookie(COOKIE, token);
  return browser;
}

test("opening a checkout sets an httpOnly, Lax cookie for the return path alone, and stores only its hash", async () => {
  const { checkout, token, sessionId } = await atCheckout("Ann");
  const cookie = checkout.headers.getSetCookie().find((one) => one.startsWith(COOKIE));
  expect(cookie).toMatch(/; ?HttpOnly/i);
  expect(cookie).toMatch(/; ?SameSite=Lax/i);
  expect(cookie).toMatch(/; ?Path=\/api\/checkout\/return(;|$)/i);
  expect(Number(/Max-Age=(\d+)/i.exec(cookie ?? "")?.[1])).toBeGreaterThan(3600);
  expect(token.length).toBeGreaterThanOrEqual(43);
  const [row] = await server.database
    .sql`select * from checkout_return_tokens where session_id = ${sessionId}`;
  expect(JSON.stringify(row)).not.toContain(token);
  const params = stub.calls.findLast(
    ({ path, method }) => method === "POST" && path === "/v1/checkout/sessions",
  )?.params;
  expect(params?.["success_url"]).toBe(`${server.url}/api/checkout/return?session_id={CHECKOUT_SESSION_ID}`);
});

test("the return alone makes a payer Premium and leads on with 303; without a session it was cancelled", async () => {
  const { user, sessionId } = await atCheckout("Bob");
  stub.pay(sessionId);
  const answer = await comeBack(user, sessionId);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/?subscription=success&session_id=${sessionId}`);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const rows = await server.database.sql`select subscription_status, xp from users where id = ${user.id}`;
  expect(rows).toEqual([{ subscription_status: "paid", xp: 250 }]);
  for (const path of ["/api/checkout/return", "/api/checkout/return?session_id="] as const) {
    const cancelled = await user.get(path);
    expect(cancelled.status).toBe(303);
    expect(cancelled.headers.get("location")).toBe("/?subscription=cancelled");
  }
});

test("never leads to another site, whatever stands in the address", async () => {
  for (const sessionId of [
    "//evil.example",
    "x\r\nset-cookie: a=b",
    "https://evil.example",
    "&subscription=x",
    "\0",
  ]) {
    const answer = await comeBack(new BrowserUser(server.url), sessionId);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(/^\/\?subscription=success&session_id=[\w%.-]+$/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});

test("a lost login comes back with the cookie and the paid session, once", async () => {
  const { user, sessionId, token } = await atCheckout("Cat");
  stub.pay(sessionId);
  const lost = strangerWith(token);
  await comeBack(lost, sessionId);
  expect(await lost.me()).toMatchObject({ id: user.id, subscription_status: "paid" });
  const second = strangerWith(token);
  await comeBack(second, sessionId);
  expect(await isSignedIn(second)).toBe(false);
});

test("who came back signed in and signs out stays out: the cookie is used up", async () => {
  const { user, sessionId, token } = await atCheckout("Lea");
  stub.pay(sessionId);
  await comeBack(user, sessionId);
  expect(await isSignedIn(user)).toBe(true);
  expect(user.cookieNamed(COOKIE)).toBeUndefined();
  const afterwards = strangerWith(token);
  await comeBack(afterwards, sessionId);
  expect(await isSignedIn(afterwards)).toBe(false);
});

test("no login comes of the session id alone, a forged cookie, another's session, or one that is not paid", async () => {
  const paid = await atCheckout("Dan");
  const other = await atCheckout("Eve");
  stub.pay(paid.sessionId);
  stub.pay(other.sessionId);
  const unpaid = await atCheckout("Fay");
  const tries = [
    { browser: new BrowserUser(server.url), sessionId: paid.sessionId },
    { browser: strangerWith("forged-token"), sessionId: paid.sessionId },
    { browser: strangerWith(other.token), sessionId: paid.sessionId },
    { browser: strangerWith(unpaid.token), sessionId: unpaid.sessionId },
    { browser: strangerWith(unpaid.token), sessionId: paid.sessionId },
  ];
  for (const { browser, sessionId } of tries) {
    expect((await comeBack(browser, sessionId)).status).toBe(303);
    expect(await isSignedIn(browser)).toBe(false);
  }
});

test("it never replaces who is signed in", async () => {
  const payer = await atCheckout("Gus");
  stub.pay(payer.sessionId);
  const other = await new BrowserUser(server.url).signUp("Hal");
  other.setCookie(COOKIE, payer.token);
  await comeBack(other, payer.sessionId);
  expect(await other.me()).toMatchObject({ id: other.id, subscription_status: "free", xp: 0 });
});

test("confirm answers the fresh status without a webhook; another's session is a 404 and changes nobody", async () => {
  const { user, sessionId } = await atCheckout("Ida");
  const thief = await new BrowserUser(server.url).signUp("Joe");
  stub.pay(sessionId);
  const stolen = await thief.post("/api/subscriptions/confirm", { sessionId });
  expect(stolen).toMatchObject({ status: 404, body: { error: "not_found", code: "NOT_FOUND" } });
  expect(await thief.me()).toMatchObject({ subscription_status: "free", version: 0 });
  const confirmed = await user.post("/api/subscriptions/confirm", { sessionId });
  expect(confirmed).toMatchObject({
    status: 200,
    body: { subscription_status: "paid", stripe_status: "active", pending: false, stale: false },
  });
  expect(confirmed.body["next_charge"]).toMatchObject({ amount_ore: 3900 });
});

test("a trial begins without XP, is used up with it, and nothing can be bought twice", async () => {
  const { user, sessionId, checkout } = await atCheckout("Kim", true);
  expect(checkout.body).toMatchObject({ trial: true, firstChargeOre: 3900 });
  stub.pay(sessionId);
  const { body } = await user.post("/api/subscriptions/confirm", { sessionId });
  expect(body).toMatchObject({
    subscription_status: "trial",
    stripe_status: "trialing",
    trial_available: false,
  });
  expect(await user.me()).toMatchObject({ xp: 0, image_limit: null });
  for (const trial of [true, false]) {
    const again = await user.post("/api/subscriptions/create-checkout", { trial });
    expect(again).toMatchObject({ status: 409, body: { error: "conflict", code: "ALREADY_SUBSCRIBED" } });
  }
  const [subscription] = [...stub.objects.values()].filter(
    (one) => one["object"] === "subscription" && one["customer"] === stub.get(sessionId)["customer"],
  );
  Object.assign(subscription ?? {}, { status: "canceled", ended_at: Math.floor(Date.now() / 1000) });
  expect((await user.post("/api/subscriptions/refresh")).body).toMatchObject({ subscription_status: "free" });
  const trialAgain = await user.post("/api/subscriptions/create-checkout", { trial: true });
  expect(trialAgain).toMatchObject({ status: 409, body: { code: "TRIAL_USED" } });
  expect((await user.post("/api/subscriptions/create-checkout")).body).toMatchObject({ trial: false });
});
