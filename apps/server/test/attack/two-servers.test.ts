import { test } from "vitest";
import { expectRight } from "../support/expect-right.ts";
import { openAttack } from "../support/strangers-attack.ts";
import { expectHeardOnce, watchEverybody } from "../support/two-servers.ts";

test("two servers on one database, one killed: everybody is right, each tab on either heard everything once", async () => {
  const attack = await openAttack({ seed: 5, victims: 6, servers: 2 });
  try {
    const watched = await watchEverybody(attack);
    await attack.open();
    const living = attack.live(6);
    await attack.servers.kill(1);
    await living;
    await attack.servers.restart(1);
    await attack.courier.settled();
    await expectRight(attack, { timeout: 40_000 });
    await expectHeardOnce(attack, watched, 20_000);
    await Promise.all(watched.flatMap(({ tabs }) => tabs.map((tab) => tab.close())));
  } finally {
    await attack.stop();
  }
}, 150_000);
