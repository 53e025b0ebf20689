import { setTimeout as pause } from "node:timers/promises";
import type { KillablePostgres } from "./killable-postgres.ts";
import type { Lane } from "./lane.ts";
import type { Round } from "./plan-rounds.ts";
import { putToRest } from "./story.ts";

/** Tells a round's story with its kill in it. Answers whether the kill came; throws what was wrong in the end. */
export async function runRound(
  lane: Lane,
  round: Round,
  postgres: KillablePostgres | null,
): Promise<boolean> {
  const { server } = lane;
  let kills = 0;
  let second = Promise.resolve();
  const strike = async (): Promise<void> => {
    kills += 1;
    if (round.victim === "both") server.kill();
    if (round.victim === "server") {
      server.kill();
      // One time in three its next life is cut short as well: what it had taken up again must survive that, too.
      if (round.seed % 3 === 0)
        second = server
          .up()
          .then(() => pause(round.seed % 300))
          .then(() => server.kill());
      return;
    }
    // Half of the time the server meets a Postgres that is gone, else one that has come back.
    const isBack = postgres?.killAndRestart();
    if (round.victim === "both" || round.seed % 2 === 0) await isBack;
  };
  server.mayFailToStart = round.victim === "both";
  server.onStruck = strike;
  const before = server.kills;
  const timer = await arm(lane, round, strike);
  try {
    const people = await round.story.tell(lane);
    // A story that was quicker than the moment drawn is struck at its end.
    if ("afterMs" in round.at && kills === 0) await strike();
    await second;
    await putToRest(lane, people);
    if (!hasStruck() && "point" in round.at && round.victim === "server")
      await strikeAtTheStart(lane, round.at);
    return hasStruck();
  } finally {
    clearTimeout(timer);
    await server.arm(null);
    server.mayFailToStart = false;
  }

  function hasStruck(): boolean {
    return kills > 0 || server.kills > before;
  }
}

async function arm({ server }: Lane, { at, victim }: Round, strike: () => Promise<void>) {
  if ("afterMs" in at) return setTimeout(() => void strike(), at.afterMs);
  await server.arm({ ...at, strike: victim === "server" ? "server" : "outside" });
  return undefined;
}

/** Some effects belong to a start: killed at one, the next start must do it all the same. */
async function strikeAtTheStart({ server }: Lane, at: { point: string; nth: number }): Promise<void> {
  await server.restartArmed({ ...at, nth: 1, strike: "server" });
}
