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
  const strike = async (): Promise<void> => {
    kills += 1;
    if (round.victim === "both") server.kill();
    if (round.victim === "server") return server.kill();
    // Half of the time the server meets a Postgres that is gone, else one that has come back.
    const isBack = postgres?.killAndRestart();
    if (round.victim === "both" || round.seed % 2 === 0) await isBack;
  };
  server.mayFailToStart = round.victim === "both";
  server.onStruck = strike;
  const before = server.kills;
  const timer = await arm(lane, round, strike);
  try {
    await putToRest(lane, await round.story.tell(lane));
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
