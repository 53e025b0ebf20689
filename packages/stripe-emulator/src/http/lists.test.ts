import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";
import { paginate } from "./lists.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ retryProfile: "test" });
});
afterAll(() => shop.close());

interface Row {
  id: string;
  created: number;
  shown: boolean;
}

const page = (rows: readonly Row[], params: object) =>
  paginate(
    rows.filter(({ shown }) => shown),
    params,
    { url: "/v1/rows", noun: "row", all: rows },
  );

const rowsOf = (shown: readonly boolean[]): Row[] =>
  shown.map((one, at) => ({ id: `r${at}`, created: at >> 1, shown: one }));
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

describe("a list", () => {
  it("is read whole page by page, newest first, whatever is added or hidden meanwhile", () => {
    const steps = fc.array(fc.record({ add: fc.nat(3), hide: fc.nat(40) }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        steps,
        (shown, limit, changes) => {
          const rows = rowsOf(shown);
          const wanted = rows.filter((row) => row.shown);
          const read: Row[] = [];
          const hidden = new Set<string>();
          for (let turn = 0; ; turn += 1) {
            const after = read.at(-1)?.id;
            const { data, has_more } = page(rows, {
              limit,
              ...(after !== undefined && { starting_after: after }),
            });
            read.push(...data);
            if (!has_more) break;
            const { add = 0, hide = 0 } = changes[turn] ?? {};
            for (let count = 0; count < add; count += 1)
              rows.push({ id: `new${rows.length}`, created: 99, shown: true });
            const row = rows[hide];
            if (row !== undefined) {
              hidden.add(row.id);
              rows[hide] = { ...row, shown: false };
            }
          }
          const must = ids(wanted).filter((id) => !hidden.has(id) || ids(read).includes(id));
          expect(ids(read)).toEqual(must.toReversed());
        },
      ),
      { seed: 6, numRuns: 500 },
    );
  });

  it("is read backwards the same way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (shown, limit) => {
          const rows = rowsOf([false, ...shown]);
          let read: Row[] = [];
          for (let before = "r0", more = true; more; before = String(read[0]?.id ?? before)) {
            const { data, has_more } = page(rows, { limit, ending_before: before });
            read = [...data, ...read];
            more = has_more;
          }
          expect(ids(read)).toEqual(ids(rows.filter((row) => row.shown)).toReversed());
        },
      ),
      { seed: 6, numRuns: 500 },
    );
  });

  it("takes any range of `created`, and a page may begin outside of it", () => {
    const rows = rowsOf(Array.from({ length: 20 }, () => true));
    const bound = fc.option(fc.integer({ min: -2, max: 12 }), { nil: undefined });
    fc.assert(
      fc.property(fc.record({ gt: bound, gte: bound, lt: bound, lte: bound }), fc.nat(19), (range, start) => {
        const { gt, gte, lt, lte } = range;
        const created = { gt: gt ?? null, gte: gte ?? null, lt: lt ?? null, lte: lte ?? null };
        const { data } = page(rows, { limit: 100, created, starting_after: `r${start}` });
        const fits = rows
          .slice(0, start)
          .filter(
            (row) =>
              (gt === undefined || row.created > gt) &&
              (gte === undefined || row.created >= gte) &&
              (lt === undefined || row.created < lt) &&
              (lte === undefined || row.created <= lte),
          );
        expect(ids(data)).toEqual(ids(fits).toReversed());
      }),
      { seed: 6 },
    );
  });

  it("goes on after a subscription that ended, an event that was delivered and a customer that was deleted", async () => {
    const { stripe } = shop;
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.push((await stripe.customers.create({})).id);
    await stripe.customers.del(String(made[2]));
    const rest = await stripe.customers.list({ starting_after: String(made[2]) });
    expect(rest.data.map(({ id }) => id)).toEqual([made[1], made[0]]);
    shop.answer(500);
    for (let count = 0; count < 3; count += 1) await stripe.products.create({ name: "P" });
    await shop.emulator.settled();
    const undelivered = { delivery_success: false, type: "product.created" };
    const [newest, next] = (await stripe.events.list(undelivered)).data;
    shop.answer(200);
    await shop.emulator.deliver([String(newest?.id)]);
    const older = await stripe.events.list({ ...undelivered, starting_after: String(newest?.id) });
    expect(older.data[0]?.id).toBe(next?.id);
    expect(older.data).toHaveLength(2);
  });

  it("is paged through by the SDK while others create", async () => {
    const { stripe } = shop;
    const before = new Set<string>();
    for (let count = 0; count < 25; count += 1) before.add((await stripe.products.create({ name: "Q" })).id);
    const seen: string[] = [];
    for await (const product of stripe.products.list({ limit: 4 })) {
      seen.push(product.id);
      await stripe.products.create({ name: "meanwhile" });
      if (seen.length === 40) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].every((id) => seen.includes(id))).toBe(true);
  });

  it("refuses limits, cursors and ranges that are none", async () => {
    const list = (params: object) => refusal(shop.stripe.customers.list(params as { limit: number }));
    for (const limit of [0, 101, -1]) expect((await list({ limit })).code).toBe("parameter_invalid_integer");
    expect((await list({ limit: "ten" })).param).toBe("limit");
    expect(await list({ starting_after: "cus_none" })).toMatchObject({
      statusCode: 400,
      param: "starting_after",
    });
    expect((await list({ starting_after: "cus_1", ending_before: "cus_2" })).code).toBe(
      "parameters_exclusive",
    );
    expect((await list({ created: { since: 1 } })).param).toBe("created[since]");
  });

  it("of events take a type or at most 20 of them", async () => {
    const { events } = shop.stripe;
    const types = Array.from({ length: 20 }, () => "customer.created");
    expect((await events.list({ types })).object).toBe("list");
    for (const params of [{ types: [...types, "customer.updated"] }, { types, type: "customer.created" }])
      expect(await refusal(events.list(params))).toMatchObject({ statusCode: 400, param: "types" });
  });
});
