import { readStored, writeStored } from "../../lib/stored.ts";

const KEY = "liveassist.user";

/** The id of the user last signed in here. Only a hint of what to show first; the cookie alone signs in. */
export const loginHint = (): string | null => readStored(KEY);

export const rememberLogin = (userId: string | null): void => writeStored(KEY, userId);

let isLeaving = false;

/** Ends the login in this tab. Other tabs hear of it first now and then: what they note must not reload this one on its way out. */
export async function whileLeaving(work: () => Promise<unknown>): Promise<void> {
  isLeaving = true;
  try {
    await work();
  } catch (thrown) {
    isLeaving = false;
    throw thrown;
  }
}

/** Calls back when another tab signs in, out, or in as somebody else. */
export function onLoginChangedElsewhere(changed: (userId: string | null) => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === KEY && !isLeaving) changed(event.newValue);
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}
