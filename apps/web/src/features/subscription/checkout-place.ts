const KEY = "liveassist.checkoutFrom";
/** Where something unsent may wait for what is being bought; everybody else is shown Home (requirements, the return from checkout). */
const CHAT = "/liveassist";

/** Notes, before leaving for the payment page, whether this tab has to come back to the chat. */
export function rememberPlace(pathname: string): void {
  try {
    if (pathname === CHAT) sessionStorage.setItem(KEY, CHAT);
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing comes back to Home.
  }
}

/** Where to go on after the return; null: where one is. */
export function knownPlace(): typeof CHAT | null {
  try {
    return sessionStorage.getItem(KEY) === CHAT ? CHAT : null;
  } catch {
    return null;
  }
}

/** It has been returned to. */
export const forgetPlace = (): void => rememberPlace("/");
