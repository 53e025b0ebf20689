import { adminActions } from "@liveassist/db/schema";
import { mask } from "@liveassist/shared/mask";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";

interface Action {
  /** Null: a command of the operator. */
  readonly actorId: string | null;
  readonly action: string;
  readonly input: unknown;
}

interface Work<T> {
  readonly run: () => Promise<T>;
  /** What is written down of a result; default: `done`. */
  readonly outcomeOf?: (result: T) => string;
}

/**
 * Does something that has to be accounted for: written down before, with its outcome afterwards (issue 5, point 1). What
 * cannot be written down is not done.
 */
export async function recordAction<T>(
  deps: Pick<Deps, "db" | "clock" | "log">,
  { actorId, action, input }: Action,
  { run, outcomeOf = () => "done" }: Work<T>,
): Promise<T> {
  const fields = isRecord(input) ? input : {};
  const userId = typeof fields["userId"] === "string" ? fields["userId"] : null;
  const [row] = await deps.db
    .insert(adminActions)
    .values({ at: new Date(deps.clock.wall()), actorId, action, userId, input: mask(fields) })
    .returning({ id: adminActions.id });
  if (!row) throw new Error("the insert of an action returned no id");
  const conclude = (outcome: string) =>
    deps.db.update(adminActions).set({ outcome }).where(eq(adminActions.id, row.id));
  try {
    const result = await run();
    await conclude(outcomeOf(result));
    return result;
  } catch (error) {
    await conclude("failed");
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
