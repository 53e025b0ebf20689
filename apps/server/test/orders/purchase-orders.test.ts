import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { permutations, shuffles } from "../support/permutations.ts";
import { type Event, each, openShop, type Purchase, type Shop } from "../support/purchases.ts";
import { allFinished, rowsOf } from "../support/read-rows.ts";

const DAY_MS = 86_400_000;
let shop: Shop;
let bystander: BrowserUser;

beforeAll(async () => {
  shop = await openShop();
  bystander = await new BrowserUser(shop.server.url).signUp("Bystander");
});

afterAll(async () => {
  expect(await bystander.me()).toMatchObject({ subscription_status: "free", xp: 0, version: 0 });
  const strays = await shop.server.database
    .sql`select event_id from webhook_events where outcome <> 'processed'`;
  expect(strays).toHaveLength(0);
  await shop.stop();
});

type Play = (events: Event[]) => Promise<void>;

/** Moments differ from buyer to buyer by the second they bought in; what is compared is whether there is one. */
function withoutMoments(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "string" && /^\d{4}-\d\d-\d\d[ T]/.test(inner) ? "a moment" : inner,
    ),
  );
}

/** Each play's buyer must end like all others; answers the one state they share. */
async function endsOf(purchases: readonly Purchase[], plays: readonly Play[]): Promise<unknown[]> {
  const { database } = shop.server;
  return each(plays, async (play, index) => {
    const purchase = purchases[index] as Purchase;
    const events = shop.eventsOf(purchase);
    await play(events);
    const posted =
      await database.sql`select event_id from webhook_events where event_id = any(${events.map(({ id }) => id)})`;
    await allFinished(
      database,
      posted.map((row) => String(row["event_id"])),
    );
    return withoutMoments(await rowsOf(database, purchase.user.id));
  });
}

/** The given orders, then everything twice, all at once, thrice in parallel, and each single one lost. */
function playsOf(orders: readonly Event[][]): Play[] {
  const [first = []] = orders;
  const byIndex = orders.map((order) => order.map((event) => first.indexOf(event)));
  const inOrder = byIndex.map(
    (order): Play =>
      (events) =>
        shop.inTurn(order.map((at) => events[at] as Event)),
  );
  const losses = first.map(
    (_, lost): Play =>
      (events) =>
        shop.inTurn(events.filter((_event, at) => at !== lost)),
  );
  const all = (events: readonly Event[]) => Promise.all(events.map(shop.post)).then(() => undefined);
  return [
    ...inOrder,
    ...losses,
    (events) => shop.inTurn([...events, ...events]),
    (events) => shop.inTurn(events.flatMap((event) => [event, event])),
    all,
    (events) => all([...events, ...events.toReversed(), ...events]),
  ];
}

const buyMany = (count: number, trial: boolean): Promise<Purchase[]> =>
  each(Array.from({ length: count }), (_, index) => shop.buy(`Buyer${index}`, trial));

describe("a purchase with the trial skipped", () => {
  test("ends the same in every order, with duplicates, at once, and with any one event lost", async () => {
    const [sample] = await buyMany(1, false);
    const types = shop.eventsOf(sample as Purchase);
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["checkout.session.completed", "customer.subscription.created", "invoice.paid"]),
    );
    const plays = playsOf(permutations(types));
    const ends = await endsOf(await buyMany(plays.length, false), plays);
    expect(ends[0]).toMatchObject({
      user: [
        { subscription_status: "paid", stripe_status: "active", xp: 250, role: "user", image_counter: 0 },
      ],
      subscriptions: [{ plan: "paid", status: "active", first_paid_at: "a moment" }],
      xp: [{ amount: 250, reason: "first_premium" }],
    });
    for (const end of ends) expect(end).toEqual(ends[0]);
  });

  test("ends the same when every event is lost, by the return page, a status read or a reconnect alone", async () => {
    const byEvents: Play = (events) => shop.inTurn(events);
    const purchases = await buyMany(4, false);
    const person = (index: number) => (purchases[index] as Purchase).user;
    const ways: Play[] = [
      byEvents,
      async () => {
        const { sessionId } = purchases[1] as Purchase;
        const visitor = new BrowserUser(shop.server.url);
        const { status } = await visitor.get(`/api/checkout/return?session_id=${sessionId}`);
        expect(status).toBe(303);
      },
      async () => {
        const { body } = await person(2).get("/api/subscriptions/status");
        expect(body).toMatchObject({ subscription_status: "paid", stale: false });
      },
      async () => {
        const tab = await person(3).openTab(0);
        const [event] = await tab.until((heard) => heard.length > 0);
        expect(event).toMatchObject({ subscription_status: "paid", xp_awarded: 250 });
        await tab.close();
      },
    ];
    const ends = await endsOf(purchases, ways);
    for (const end of ends) expect(end).toEqual(ends[0]);
  });
});

describe("a purchase with a trial", () => {
  test("starts the same in every order, without XP; ends the same after the first payment, with XP once", async () => {
    const [sample] = await buyMany(1, true);
    const first = shop.eventsOf(sample as Purchase);
    const starts = playsOf(permutations(first));
    const purchases = await buyMany(starts.length, true);
    const begun = await endsOf(purchases, starts);
    expect(begun[0]).toMatchObject({
      user: [{ subscription_status: "trial", stripe_status: "trialing", xp: 0, trial_used_at: "a moment" }],
      xp: [],
    });
    for (const end of begun) expect(end).toEqual(begun[0]);

    // Bought now and never heard of until the trial is over.
    const late = await buyMany(12, true);
    await shop.emulator.clock.advance(5 * DAY_MS + 2 * 3_600_000);
    const all = shop.eventsOf(sample as Purchase);
    const newOnes = all.slice(first.length);
    expect(all.map(({ type }) => type)).toContain("customer.subscription.trial_will_end");
    const orders = [all, all.toReversed(), ...shuffles(all, { count: 10, seed: 7 })];
    const ends = await endsOf(late, playsOf(orders).slice(0, late.length));
    expect(ends[0]).toMatchObject({
      user: [{ subscription_status: "paid", stripe_status: "active", xp: 250 }],
      xp: [{ amount: 250, reason: "first_premium" }],
    });
    for (const end of ends) expect(end).toEqual(ends[0]);
    // Those whose start was played above hear only what is new.
    const rest = shuffles(newOnes, { count: starts.length, seed: 11 });
    const plays = playsOf(rest).slice(0, starts.length);
    const known = await endsOf(
      purchases,
      plays.map(
        (play): Play =>
          (events) =>
            play(events.slice(first.length)),
      ),
    );
    for (const end of known) expect(end).toEqual(ends[0]);
  });
});
