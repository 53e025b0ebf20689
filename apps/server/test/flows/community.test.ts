import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { openCommunity } from "../support/community-page.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";

const POSTS = "/api/community/posts";
let emulator: Emulator;
let here: StartedApp;
/** A second server on the same database. */
let there: StartedApp;
let anna: BrowserUser;
let bo: BrowserUser;
let made = 0;

beforeAll(async () => {
  emulator = await startEmulator({ webhookSecret: "whsec_nobody" });
  const stripe = { url: emulator.url, secret: "whsec_nobody" };
  here = await startApp({ stripe });
  there = await startApp({ stripe, database: here.database });
});
beforeEach(async () => {
  anna = await new BrowserUser(here.url).signUp("Anna");
  bo = await new BrowserUser(there.url).signUp("Bo");
});
afterAll(async () => {
  await there.stop();
  await here.stop();
  await emulator.close();
});

async function post(user: BrowserUser, text: string): Promise<Record<string, unknown>> {
  made += 1;
  const { status, body } = await user.post(POSTS, { text, clientPostId: `c${made}` });
  expect(status).toBe(200);
  return body;
}
const textsOf = async (user: BrowserUser, query = "") => {
  const { body } = await user.get(`${POSTS}?limit=50${query}`);
  return (body["posts"] as { text: string }[]).map((one) => one.text);
};

test("what one writes the other reads and hears, on another server, as somebody else's", async () => {
  const page = await openCommunity(bo);
  const written = await post(anna, "Hello");
  expect(written).toMatchObject({ text: "Hello", own: true, author: { id: anna.id, premium_badge: false } });
  const id = String(written["id"]);
  const heard = await page.until((event) => event.type === "post" && event.post.id === id);
  expect(heard).toEqual({ type: "post", post: { ...written, own: false } });
  expect((await bo.get(`${POSTS}/${id}`)).body).toEqual({ ...written, own: false });
  expect(await textsOf(bo, `&author=${anna.id}`)).toEqual(["Hello"]);

  const edited = await fetch(`${here.url}${POSTS}/${id}`, {
    method: "PATCH",
    headers: { cookie: anna.cookie, "content-type": "application/json" },
    body: JSON.stringify({ text: "Hello all" }),
  });
  expect(edited.status).toBe(200);
  await page.until((event) => event.type === "post" && event.post.text === "Hello all");
  expect((await bo.call(`DELETE ${POSTS}/${id}`)).status).toBe(404);
  expect((await anna.call(`DELETE ${POSTS}/${id}`)).body).toEqual({ done: true });
  await page.until((event) => event.type === "removed" && event.postId === id);
  expect((await bo.get(`${POSTS}/${id}`)).status).toBe(404);
  await page.close();
});

test("a purchase shows beside the buyer's name to others within 10 s, with the XP", async () => {
  await post(anna, "Soon premium");
  const page = await openCommunity(bo);
  const { body } = await anna.post("/api/subscriptions/create-checkout", { trial: false });
  const sessionId = String(body["sessionId"]);
  await emulator.completeCheckout(sessionId);
  const paidAt = Date.now();
  await anna.post("/api/subscriptions/confirm", { sessionId });
  const heard = await page.until((event) => event.type === "author" && event.author.premium_badge, 10_000);
  expect(Date.now() - paidAt).toBeLessThan(10_000);
  expect(heard).toMatchObject({ author: { id: anna.id, premium_badge: true, xp: 250 } });
  const profile = await bo.get(`/api/community/profiles/${anna.id}`);
  expect(profile.body).toEqual({
    id: anna.id,
    name: "Anna",
    premium_badge: true,
    xp: 250,
    member_since: expect.any(String),
    post_count: 1,
  });
  await page.close();
});

test("a page whose socket dropped hears what it missed", async () => {
  const page = await openCommunity(bo);
  await post(anna, "first");
  await page.until((event) => event.type === "post" && event.post.text === "first");
  await page.close();
  await post(anna, "missed");
  const again = await openCommunity(bo, page.last());
  await again.until((event) => event.type === "post" && event.post.text === "missed");
  await again.close();
});

test("reporting hides a post from the reporter, and brings it before administrators only", async () => {
  const { id } = await post(anna, "Buy this");
  const page = await openCommunity(bo);
  expect((await bo.post(`${POSTS}/${String(id)}/report`, { reason: "spam" })).body).toEqual({ done: true });
  await page.until((event) => event.type === "removed" && event.postId === id);
  expect(await textsOf(bo)).not.toContain("Buy this");
  expect(await textsOf(anna)).toContain("Buy this");
  expect((await bo.post("/api/admin/reports/list")).status).toBe(403);
  await here.database.sql`update users set role = 'admin' where id = ${bo.id}`;
  const admin = await bo.elsewhere();
  const reports = await admin.post("/api/admin/reports/list");
  expect(reports.status).toBe(200);
  expect(reports.body["text"]).toContain("Buy this");
  const removed = await admin.post("/api/admin/reports/resolve", { postId: id, resolution: "removed" });
  expect(removed.body).toEqual({ done: true });
  expect(await textsOf(anna)).not.toContain("Buy this");
  await page.close();
});

test("whoever is not signed in sees nothing, and bad input stores nothing", async () => {
  const visitor = new BrowserUser(here.url);
  for (const path of [
    POSTS,
    `${POSTS}/${crypto.randomUUID()}`,
    `/api/community/profiles/${anna.id}`,
  ] as const)
    expect((await visitor.get(path as `/${string}`)).status).toBe(401);
  const before = await textsOf(anna);
  for (const body of [
    {},
    { text: "", clientPostId: "a" },
    { text: "x" },
    { text: "x", clientPostId: "a", own: true },
  ])
    expect(await anna.post(POSTS, body)).toMatchObject({ status: 400, body: { code: "INVALID_INPUT" } });
  expect((await anna.get(`${POSTS}/nonsense`)).status).toBe(404);
  expect((await anna.get(`${POSTS}?cursor=x`)).status).toBe(400);
  expect(await textsOf(anna)).toEqual(before);
});
