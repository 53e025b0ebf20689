import type { Actor, Deps } from "@liveassist/api";
import { users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Auth } from "./adapters/auth.ts";

/** A login that was looked up is believed this long, unless its user's logins change (stack.md: a lookup costs 2 ms). */
const BELIEVED_MS = 5_000;
const MOST = 10_000;

export interface Login {
  readonly actor: Actor;
  /** Epoch milliseconds, wall time. */
  readonly expiresAt: number;
}

export interface FoundLogin {
  readonly login: Login | null;
  /** Cookies to hand on, when the login was renewed or is over. */
  readonly setCookies: readonly string[];
}

/** Who a cookie header says is calling: the same for HTTP, tRPC and the WebSocket upgrade. */
export interface Logins {
  find(cookie: string | undefined): Promise<FoundLogin>;
  /** Asks the database, whatever is believed. */
  recheck(cookie: string): Promise<Login | null>;
  forget(cookie: string | undefined): void;
}

const NOBODY: FoundLogin = { login: null, setCookies: [] };

/** Looks logins up through better-auth, with a short memory that is dropped when a login ends anywhere. */
export function createLogins(deps: Deps, auth: Auth, adminEmails: readonly string[]): Logins {
  const believed = new Map<string, { readonly login: Login; readonly until: number }>();
  /** Counts ended logins: an answer that was asked for before one of them is not believed. */
  let ended = 0;
  deps.bus.onLogins((userId) => {
    ended += 1;
    for (const [cookie, { login }] of believed) if (login.actor.userId === userId) believed.delete(cookie);
  });

  async function ask(cookie: string): Promise<FoundLogin> {
    const { headers, response } = await auth.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    });
    const setCookies = headers.getSetCookie();
    if (!response) return { login: null, setCookies };
    const { session, user } = response;
    const [row] = await deps.db
      .select({ role: users.role, deletedAt: users.deletedAt })
      .from(users)
      .where(eq(users.id, user.id));
    if (!row || row.deletedAt !== null) return NOBODY;
    // Only a verified address makes an administrator: anybody can type one (requirements, edges).
    const isNamed = user.emailVerified && adminEmails.includes(user.email.toLowerCase());
    const role = isNamed ? "admin" : row.role;
    const actor = { userId: user.id, role, loginId: session.id } as const;
    return { login: { actor, expiresAt: new Date(session.expiresAt).getTime() }, setCookies };
  }

  async function find(cookie: string | undefined): Promise<FoundLogin> {
    if (!cookie?.includes("session_token")) return NOBODY;
    const wall = deps.clock.wall();
    const known = believed.get(cookie);
    if (known && known.until > wall && known.login.expiresAt > wall)
      return { login: known.login, setCookies: [] };
    const before = ended;
    const found = await ask(cookie);
    if (believed.size >= MOST) believed.clear();
    if (found.login && before === ended)
      believed.set(cookie, { login: found.login, until: wall + BELIEVED_MS });
    else believed.delete(cookie);
    return found;
  }

  return {
    find,
    recheck: async (cookie) => (await ask(cookie)).login,
    forget: (cookie) => void (cookie !== undefined && believed.delete(cookie)),
  };
}
