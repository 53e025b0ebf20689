import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { expectRight } from "../support/expect-right.ts";
import { openAttack } from "../support/strangers-attack.ts";
import { expectHeardOnce, watchEverybody } from "../support/two-servers.ts";

test.for([1, 2])(
  "two servers, killed in turn four times while events, lies and reads rain on both (seed %i)",
  async (seed) => {
    const attack = await openAttack({ seed, victims: 16, servers: 2 });
    try {
      const watched = await watchEverybody(attack);
      await attack.open();
      for (const _ of [1, 2, 3, 4]) {
        const living = attack.live(4);
        await wait(attack.draws.below(300));
        // The first one answers the checkouts, so only the other one dies.
        await attack.servers.kill(1);
        await living;
        await attack.servers.restart(1);
      }
      await attack.courier.settled();
      const converged = await expectRight(attack, { timeout: 150_000, everyEnd: true });
      const said = await expectHeardOnce(attack, watched, 30_000);
      expect(said).toBeGreaterThan(50);
      const { courier, victims } = attack;
      process.stdout.write(
        `two servers, seed ${seed}: ${victims.length} users, ${watched.length * 2} tabs, ${courier.acknowledged.size} events, ` +
          `4 kills, ${said} versions heard once by both tabs, right after ${converged} ms\n`,
      );
      await Promise.all(watched.flatMap(({ tabs }) => tabs.map((tab) => tab.close())));
    } finally {
      await attack.stop();
    }
  },
);
