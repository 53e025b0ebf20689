import { afterAll, describe, expect, test } from "vitest";
import { wrongReads } from "../support/attack-faults.ts";
import { drawsFrom } from "../support/draws.ts";
import { expectRepaired, expectRight } from "../support/expect-right.ts";
import { FAIR, STORMS, type Storm, unsettled } from "../support/hostile-weather.ts";
import { type Attack, type AttackOptions, openAttack, STRANGERS } from "../support/strangers-attack.ts";

/** After the last failure a retry may be 30 s away, and the last look at an event 72 s. */
const PATIENCE = 150_000;
const report: string[] = [];

afterAll(() => process.stdout.write(`stranger's attack:\n${report.join("\n")}\n`));

function note(name: string, { courier, stripe, done, victims }: Attack, converged: number): void {
  const acts = [...done.values()].reduce((sum, count) => sum + count, 0);
  const deliveries = [...courier.answers.values()].reduce((sum, count) => sum + count, 0);
  report.push(
    `${name}: ${victims.length} users, ${acts} acts of ${done.size} kinds, ${courier.acknowledged.size} events in ${deliveries} deliveries, ` +
      `${stripe.counts.struck} of ${stripe.counts.calls} calls struck, slowest 200 ${Math.round(courier.slowest)} ms, right after ${converged} ms`,
  );
}

type Play = (attack: Attack) => Promise<number>;

async function attacked(
  name: string,
  options: Partial<AttackOptions> & { readonly seed: number },
  play: Play,
): Promise<void> {
  const attack = await openAttack({ victims: 24, ...options });
  try {
    await attack.open();
    attack.lie();
    const converged = await play(attack);
    expect(
      [...attack.courier.answers.keys()].filter((status) => status !== 200),
      "every delivery is taken",
    ).toEqual([]);
    expect([...attack.done.keys()].filter((what) => what.startsWith("checkout 500"))).toEqual([]);
    note(name, attack, converged);
  } finally {
    await attack.stop();
  }
}

/** States first; the last look at an event that seemed newer than Stripe's answer comes up to 72 s later. */
async function rightToTheEnd(attack: Attack): Promise<number> {
  const converged = await expectRight(attack, { timeout: PATIENCE });
  await expectRight(attack, { timeout: PATIENCE, everyEnd: true });
  return converged;
}

describe("when all events arrive at least once, everybody is right", () => {
  test.for([101, 102, 103])("in fair weather (seed %i)", (seed) =>
    attacked(`fair weather, seed ${seed}`, { seed }, async (attack) => {
      await attack.live(12);
      await attack.courier.settled();
      return expectRight(attack, { timeout: PATIENCE, everyEnd: true });
    }),
  );

  test.for([{ seed: 201 }, { seed: 202 }, { seed: 211, habits: STRANGERS }])(
    "while every other call fails in one way or another ($seed)",
    (options) =>
      attacked(`unsettled, seed ${options.seed}`, options, async (attack) => {
        attack.stripe.weather = unsettled(drawsFrom(options.seed), 0.5);
        await attack.live(12);
        await attack.courier.settled();
        attack.stripe.weather = FAIR;
        return expectRight(attack, { timeout: PATIENCE, everyEnd: true });
      }),
  );

  test("while the API fails altogether, in each way in turn; what was known is answered meanwhile", () =>
    attacked("each storm in turn, seed 301", { seed: 301 }, async (attack) => {
      await attack.courier.settled();
      await expectRight(attack, { timeout: PATIENCE });
      for (const storm of Object.keys(STORMS) as Storm[]) {
        attack.forgetPlans();
        attack.stripe.weather = STORMS[storm];
        await attack.live(2);
        expect(await wrongReads(attack), storm).toEqual([]);
        await attack.courier.settled();
        attack.stripe.weather = FAIR;
        await expectRight(attack, { timeout: PATIENCE });
      }
      return rightToTheEnd(attack);
    }));
});

describe("when some events never arrive, everybody is right after one reconciliation", () => {
  const lossy = { loses: 0.4, reconcileSeconds: 5 };
  const play: Play = async (attack) => {
    await attack.live(12);
    await attack.courier.settled();
    const repaired = await expectRepaired(attack, PATIENCE);
    await expectRight(attack, { timeout: PATIENCE });
    return repaired;
  };
  test.for([401, 402])("with a list of all subscriptions (seed %i)", (seed) =>
    attacked(`lossy, seed ${seed}`, { seed, ...lossy, dialect: { listsAll: true } }, play),
  );
  test("without one, and without a list of events", () =>
    attacked(
      "lossy, no lists, seed 411",
      { seed: 411, ...lossy, habits: { sales: 0 }, dialect: { listsAll: false, keepsEvents: false } },
      play,
    ));
  test("when none arrives at all", () =>
    attacked("all lost, seed 421", { seed: 421, ...lossy, loses: 1, dialect: { listsAll: true } }, play));
});
