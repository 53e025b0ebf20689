import { type Deps, listEvents } from "../../packages/api/src/index.ts";
import { OPERATOR } from "../console/with-server.ts";

type Cause = NonNullable<Parameters<typeof listEvents>[2]["cause"]>;

/** Which dead letters are meant. */
export interface DeadFilter {
  readonly type: string | undefined;
  readonly cause: Cause | undefined;
}

/**
 * The ids of all dead letters there are now, oldest first. Chosen before the first is replayed: one that dies again must not
 * be chosen again.
 */
export async function chooseDead(deps: Deps, { type, cause }: DeadFilter): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEvents(deps, OPERATOR, {
      outcome: "dead",
      limit: 200,
      ...(type === undefined ? {} : { type }),
      ...(cause === undefined ? {} : { cause }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.events.map(({ event_id }) => event_id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found.reverse();
}
