import type { Tx } from "@liveassist/db";
import { drifts, reconcileSeen, reconcileWalks } from "@liveassist/db/schema";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import type { Walk } from "./walk.ts";

/** How long a walk stays with a process that does not say that it lives; wall time. */
export const WALK_LEASE_MS = 15_000;
/** A walk nobody led for this long is begun anew: what it compared may have changed, and the list moved on. */
const STALE_MS = 10 * 60_000;
/** Held for the moment of claiming, so that two servers never begin two walks. */
const CLAIMING = 7_462_001;

type Row = typeof reconcileWalks.$inferSelect;

export type Claim =
  | { readonly kind: "walk"; readonly walk: Walk; readonly resumed: boolean }
  /** Another process walks. */
  | { readonly kind: "busy" }
  /** No walk is due. */
  | { readonly kind: "idle" };

interface Wanted {
  readonly owner: string;
  /** A new walk is due when the last one began so long ago, wall time; null: only one that waits already is taken. */
  readonly everyMs: number | null;
}

const oneAtATime = async <T>(deps: Deps, work: (tx: Tx) => Promise<T>): Promise<T> =>
  deps.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CLAIMING})`);
    return work(tx);
  });

const running = async (tx: Tx): Promise<Row | undefined> =>
  (await tx.select().from(reconcileWalks).where(eq(reconcileWalks.state, "running")).limit(1))[0];

/**
 * Takes the walk that is under way and led by nobody, or begins one that is due, under a lease: one walk at a time over all
 * servers. A killed walker's walk goes on from its phase and cursor.
 */
export function claimWalk(deps: Deps, { owner, everyMs }: Wanted): Promise<Claim> {
  const wall = deps.clock.wall();
  const lease = { leaseOwner: owner, leaseUntil: new Date(wall + WALK_LEASE_MS) };
  return oneAtATime(deps, async (tx) => {
    const open = await running(tx);
    if (open) {
      const leased = open.leaseUntil?.getTime() ?? wall;
      if (leased > wall) return { kind: "busy" };
      if (leased < wall - STALE_MS) await beginAnew(tx, open);
      const [row] = await tx
        .update(reconcileWalks)
        .set(lease)
        .where(eq(reconcileWalks.id, open.id))
        .returning();
      return toClaim(row, owner, true);
    }
    const [last] = await tx.select().from(reconcileWalks).orderBy(desc(reconcileWalks.id)).limit(1);
    const isDue = everyMs !== null && (!last || last.startedAt.getTime() + everyMs <= wall);
    if (!isDue) return { kind: "idle" };
    const [row] = await tx
      .insert(reconcileWalks)
      .values({ state: "running", phase: "stripe", startedAt: new Date(wall), ...lease })
      .returning();
    return toClaim(row, owner, false);
  });
}

/**
 * Asks for a walk now; whichever process looks next leads it. Answers its id: the one under way, if there is one.
 * `acceptDowngrades` lets that walk take Premium from however many (requirements R21).
 */
export function requestWalk(
  deps: Deps,
  { acceptDowngrades }: { acceptDowngrades: boolean },
): Promise<{ walkId: number; isNew: boolean }> {
  const wall = new Date(deps.clock.wall());
  const counts: Row["counts"] = acceptDowngrades ? { downgrades_accepted: 1 } : {};
  return oneAtATime(deps, async (tx) => {
    const open = await running(tx);
    if (open) {
      await tx
        .update(reconcileWalks)
        .set({ counts: sql`${reconcileWalks.counts} || ${JSON.stringify(counts)}::jsonb` })
        .where(eq(reconcileWalks.id, open.id));
      return { walkId: open.id, isNew: false };
    }
    const [row] = await tx
      .insert(reconcileWalks)
      .values({ state: "running", phase: "stripe", startedAt: wall, leaseUntil: wall, counts })
      .returning({ id: reconcileWalks.id });
    return { walkId: idOf(row), isNew: true };
  });
}

async function beginAnew(tx: Tx, open: Row): Promise<void> {
  await tx.delete(drifts).where(and(eq(drifts.walkId, open.id), isNull(drifts.repairedAt)));
  await tx.delete(reconcileSeen).where(eq(reconcileSeen.walkId, open.id));
  const accepted = open.counts["downgrades_accepted"];
  const counts: Row["counts"] = accepted ? { downgrades_accepted: accepted } : {};
  await tx
    .update(reconcileWalks)
    .set({ phase: "stripe", cursor: null, counts })
    .where(eq(reconcileWalks.id, open.id));
}

const idOf = (row: { id: number } | undefined): number => {
  if (!row) throw new Error("a walk could not be written");
  return row.id;
};

function toClaim(row: Row | undefined, owner: string, resumed: boolean): Claim {
  if (!row) throw new Error("a walk could not be written");
  const { id, startedAt, phase, cursor, counts } = row;
  return { kind: "walk", resumed, walk: { id, owner, startedAt, phase, cursor, counts: { ...counts } } };
}
