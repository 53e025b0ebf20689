import { afterAll, beforeAll, expect, test } from "vitest";
import { openQuotaRace, type QuotaRace, raceRounds } from "../support/quota-race.ts";

const ROUNDS = 1_000;

let race: QuotaRace;
beforeAll(async () => {
  race = await openQuotaRace();
});
afterAll(() => race.close());

test("a thousand rounds of parallel uploads at the edge never let three through and never leak a unit", async () => {
  const figures = await raceRounds(race, ROUNDS, 20);
  const { rounds, moves, done, limited, faults } = figures;
  process.stdout.write(
    `quota races: ${rounds} rounds, ${moves} moves, ${done} went through, ${limited} met the limit, ${faults.length} faults\n`,
  );
  expect(faults).toEqual([]);
  expect(limited).toBeGreaterThan(ROUNDS);
  expect(done).toBeGreaterThan(ROUNDS);
});
