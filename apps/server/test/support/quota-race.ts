import { randomUUID } from "node:crypto";
import { type Actor, createCoalesce, removeUpload } from "@liveassist/api";
import { createDb } from "@liveassist/db";
import { AppError } from "@liveassist/shared/errors";
import type { MemoryStorage } from "../../../../packages/api/test/support/memory-storage.ts";
import { DAY, openWorld, type TestWorld } from "../../../../packages/api/test/support/test-deps.ts";
import { uploadSteps } from "../../../../packages/api/test/support/upload-steps.ts";
import { type Draws, drawsFrom } from "./draws.ts";
import { overshoot, quotaFaults, sentToday, strayFiles } from "./quota-faults.ts";
import { MOVES, type Server } from "./quota-moves.ts";

/** What may be refused in a race; anything else, such as a deadlock, is a fault. */
const EXPECTED = new Set([
  "IMAGE_DAY_LIMIT",
  "UNSUPPORTED_MEDIA",
  "NOT_FOUND",
  "UPLOAD_USED",
  "UPLOAD_NOT_READY",
]);
/** Users who race at once, each in a round of their own. */
const AT_ONCE = 4;

/** Two servers on one database and one storage; nothing else is shared between them. */
export interface QuotaRace {
  readonly world: TestWorld;
  readonly servers: readonly [Server, Server];
  close(): Promise<void>;
}

export interface RaceFigures {
  rounds: number;
  moves: number;
  /** Moves that went through, and moves that met the limit. */
  done: number;
  limited: number;
  /** The moves that came further than the limit at least once. */
  readonly played: Set<string>;
  /** What must not happen, with the moves of its round. */
  readonly faults: string[];
}

/** Opens the two servers. Close them in `afterAll`. */
export async function openQuotaRace(): Promise<QuotaRace> {
  const world = await openWorld();
  const database = createDb(world.database.url, { max: 10 });
  const random = { ...world.deps.random, uuid: randomUUID };
  const one = { ...world.deps, random };
  const two = { ...one, db: database.db, coalesce: createCoalesce() };
  const servers: [Server, Server] = [
    { deps: one, steps: await uploadSteps(one) },
    { deps: two, steps: await uploadSteps(two) },
  ];
  return {
    world,
    servers,
    async close() {
      for (const { steps } of servers) await steps.close();
      await database.close();
      await world.close();
    },
  };
}

/**
 * Races rounds of a free user each: three to nine moves at the same instant, over both servers, with sweeps and turning days
 * among them. After each round every unit has to be where it belongs, and the day's rest can be used to the last image.
 */
export async function raceRounds(race: QuotaRace, rounds: number, seed: number): Promise<RaceFigures> {
  const figures: RaceFigures = { rounds: 0, moves: 0, done: 0, limited: 0, played: new Set(), faults: [] };
  const draws = drawsFrom(seed);
  while (figures.rounds < rounds && figures.faults.length === 0) {
    const racing = Array.from({ length: AT_ONCE }, () => raceRound(race, draws, figures));
    if (draws.chance(0.3)) race.world.clock.advance(draws.pick([DAY, DAY / 2, DAY / 24]));
    const racers = await Promise.all(racing);
    for (const settle of racers) await settle();
    figures.rounds += AT_ONCE;
  }
  const keys = (race.world.deps.storage as MemoryStorage).keys();
  figures.faults.push(...(await strayFiles(race.world.deps, keys)));
  return figures;
}

/** Plays one user's moves; answers what looks at the books once all users stand still. */
async function raceRound(race: QuotaRace, draws: Draws, figures: RaceFigures): Promise<() => Promise<void>> {
  const names = Array.from({ length: 3 + draws.below(7) }, () => draws.pick(Object.keys(MOVES)));
  const order = names.map(() => draws.below(2));
  const { deps } = race.servers[0];
  const actor = await race.world.user();
  const note = (faults: readonly string[]): void => {
    for (const fault of faults) figures.faults.push(`${fault} (${names.join(", ")})`);
  };
  const play = async (name: string, at: number): Promise<void> => {
    const [here, there] = order[at] === 0 ? race.servers : race.servers.toReversed();
    if (!here || !there) return;
    figures.moves += 1;
    try {
      await MOVES[name]?.({ actor, here, there });
      figures.done += 1;
      figures.played.add(name);
    } catch (error) {
      const code = error instanceof AppError ? error.code : String(error);
      if (!EXPECTED.has(code)) note([`${name}: ${code}`]);
      if (code === "IMAGE_DAY_LIMIT") figures.limited += 1;
      else figures.played.add(name);
    }
    note(await overshoot(deps, actor));
  };
  await Promise.all(names.map(play));
  return async () => {
    note(await quotaFaults(deps, actor));
    note(await useUp(race, actor));
  };
}

/** A leaked unit is one that no way gives back: what is not sent is taken back, and the rest of the day has to be there. */
async function useUp(race: QuotaRace, actor: Actor): Promise<string[]> {
  const [{ deps, steps }] = race.servers;
  for (const { upload } of await race.world.as(actor).liveassist.listUploads())
    await removeUpload(deps, actor, upload.id);
  const { images_used: used } = (await race.world.as(actor).subscription.status()).usage;
  const sent = await sentToday(deps, actor);
  const faults = used === sent ? [] : [`${used} units live, ${sent} were sent`];
  for (let left = 2 - sent; left > 0; left--) await steps.begin(actor);
  const third = await steps.begin(actor).then(
    () => ["a third image was let through"],
    () => [],
  );
  return [...faults, ...third, ...(await quotaFaults(deps, actor))];
}
