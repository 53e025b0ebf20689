import { adminActions } from "@liveassist/db/schema";
import { storable } from "@liveassist/shared/inputs/storable";
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
  const named = storable(255).safeParse(fields["userId"]);
  const userId = named.success ? named.data : null;
  const [row] = await deps.db
    .insert(adminActions)
    .values({ at: new Date(deps.clock.wall()), actorId, action, userId, input: toStore(fields) })
    .returning({ id: adminActions.id });
  if (!row) throw new Error("the insert of an action returned no id");
  const { id } = row;
  // What was done is done, and what failed failed for its own reason, whether or not that can be written down.
  const conclude = async (outcome: string): Promise<void> => {
    try {
      await deps.db.update(adminActions).set({ outcome }).where(eq(adminActions.id, id));
    } catch (error) {
      deps.log.error(
        { err: error, actionId: id, outcome },
        "the outcome of an action could not be written down",
      );
    }
  };
  let result: T;
  try {
    result = await run();
  } catch (error) {
    await conclude("failed");
    throw error;
  }
  await conclude(outcomeOf(result));
  return result;
}

/** Longer than the ids of any call could be. */
const MOST_TEXT = 60_000;
/** Escapes in JSON that Postgres takes in no document: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/** What was asked for, masked. It is written before anybody has judged it, so it may be anything. */
function toStore(fields: Record<string, unknown>): unknown {
  const masked = mask(fields);
  const text = JSON.stringify(masked);
  if (text.length > MOST_TEXT) return { left_out: "too long" };
  return UNSTORABLE.test(text) ? { left_out: "has characters that cannot be stored" } : masked;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
