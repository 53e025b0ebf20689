import { readStored, writeStored } from "../../lib/stored.ts";

const SESSION_ID = "liveassistSessionId";
/** What was written and not sent: it belongs to who leaves. */
const UNSENT = /^liveassist\.(draft|outbox)\./;

/** The LiveAssist session that was open last in this browser (requirements R27). */
export const readSessionId = (): string | null => readStored(SESSION_ID);

export const writeSessionId = (id: string | null): void => writeStored(SESSION_ID, id);

/** After a sign-out nothing of what one wrote stays in this browser. */
export function forgetSessions(): void {
  writeSessionId(null);
  for (const key of storedKeys()) if (UNSENT.test(key)) writeStored(key, null);
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
