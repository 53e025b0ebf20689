import { expect, test } from "vitest";
import { wrongReads } from "../support/attack-faults.ts";
import { expectRight } from "../support/expect-right.ts";
import { FAIR, STORMS } from "../support/hostile-weather.ts";
import { openAttack } from "../support/strangers-attack.ts";

test("a stranger's Stripe that shuffles, repeats, delays, lies and fails finds everybody right", async () => {
  const attack = await openAttack({ seed: 1, victims: 8, dialect: { pageSize: 1, oldestFirst: true } });
  try {
    await attack.open();
    attack.lie();
    await attack.live(5);
    await attack.courier.settled();
    await expectRight(attack, { timeout: 30_000 });
    // Stripe's API goes away while its events go on: they are taken, and what was known is answered.
    attack.forgetPlans();
    attack.stripe.weather = STORMS["503 without an error"];
    await attack.live(1);
    await attack.courier.settled();
    expect(await wrongReads(attack)).toEqual([]);
    // Then the first page of every list comes, and no second one: a part is not the whole.
    attack.stripe.weather = FAIR;
    await expectRight(attack, { timeout: 40_000 });
    attack.forgetPlans();
    attack.stripe.weather = STORMS["half pages"];
    await attack.live(1);
    await attack.courier.settled();
    expect(await wrongReads(attack)).toEqual([]);
    attack.stripe.weather = FAIR;
    await attack.courier.settled();
    expect([...attack.courier.answers.keys()]).toEqual([200]);
    await expectRight(attack, { timeout: 40_000 });
  } finally {
    await attack.stop();
  }
}, 150_000);
