import { expect, vi } from "vitest";
import { BrowserUser, type Tab } from "./browser-user.ts";
import { each } from "./purchases.ts";
import type { Attack } from "./strangers-attack.ts";

/** A person with a tab on each server. */
export interface Watched {
  readonly userId: string;
  readonly tabs: readonly Tab[];
}

/** The same browser at another server of the same site: it has the same cookies. */
export function atServer(user: BrowserUser, url: string): BrowserUser {
  const other = new BrowserUser(url);
  for (const pair of user.cookie.split("; "))
    other.setCookie(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
  Object.assign(other, { id: user.id, email: user.email, origin: user.baseUrl });
  return other;
}

/** Opens a tab on every server for everybody, from the beginning of what they could hear. */
export function watchEverybody({ victims, servers }: Attack): Promise<Watched[]> {
  return each(victims, async ({ user }) => ({
    userId: user.id,
    tabs: await Promise.all(servers.urls.map((url) => atServer(user, url).openTab(0))),
  }));
}

/** Each tab on either server has heard every version, each once and in order, and the XP in one of them. */
export async function expectHeardOnce(
  { servers }: Attack,
  watched: readonly Watched[],
  timeout: number,
): Promise<number> {
  const rows = await servers.database.sql`select id, user_id, payload from outbox order by id`;
  for (const { userId, tabs } of watched) {
    const said = rows.filter((row) => row["user_id"] === userId);
    const versions = said.map((row) => Number(row["id"]));
    for (const tab of tabs) {
      await vi.waitFor(() => expect(tab.events.map(({ version }) => version)).toEqual(versions), { timeout });
      expect(tab.events.filter((event) => event.xp_awarded === 250).length).toBe(
        said.filter((row) => (row["payload"] as { xp_awarded?: number }).xp_awarded === 250).length,
      );
    }
  }
  return rows.length;
}
