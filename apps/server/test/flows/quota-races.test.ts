import { afterAll, beforeAll, expect, test } from "vitest";
import { syncCustomer } from "../../../../packages/api/src/billing/sync-customer.ts";
import { MOVES } from "../support/quota-moves.ts";
import { openQuotaRace, type QuotaRace, raceRounds } from "../support/quota-race.ts";

const ROUNDS = 100;

let race: QuotaRace;
beforeAll(async () => {
  race = await openQuotaRace();
});
afterAll(() => race.close());

test("parallel uploads at the edge never let three through and never leak a unit, over two servers", async () => {
  const figures = await raceRounds(race, ROUNDS, 4);
  expect(figures.faults).toEqual([]);
  // The limit was met, else this would prove nothing.
  expect(figures.limited).toBeGreaterThan(ROUNDS);
  expect([...figures.played].toSorted()).toEqual(Object.keys(MOVES).toSorted());
});

test("a purchase in the middle of it forgives whatever was taken, and refuses nobody afterwards", async () => {
  const { world, servers } = race;
  for (let round = 0; round < 10; round++) {
    const { actor, customerId } = await world.buyer();
    world.at.invoice(world.at.subscribe(customerId));
    const begun = servers.flatMap(({ steps }) => [1, 2, 3].map(() => steps.begin(actor)));
    await Promise.allSettled([...begun, syncCustomer(servers[1].deps, customerId)]);
    for (const { steps } of servers) await steps.begin(actor);
    expect(await servers[0].steps.counter(actor)).toBe(0);
    const units = await servers[0].steps.units(actor);
    expect(units.filter((unit) => !unit.endsWith("uncounted"))).toEqual([]);
  }
});
