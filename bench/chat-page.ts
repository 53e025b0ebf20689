import type { Browser, Page } from "playwright-core";
import type { TestDatabase } from "../packages/db/src/test-cluster.ts";
import { writeUsers } from "./buyers.ts";
import type { Stage } from "./stage.ts";

export interface ChatStage {
  /** A signed-in page on a session with so many messages, its thread on the screen. */
  open(messages: number): Promise<Page>;
  /** A page of the same browser that belongs to nobody. */
  blank(): Promise<Page>;
}

/** The built web app over the real server, with one user who is signed in. */
export async function openChat(
  stage: Stage,
  browser: Browser,
  { webFolder, modelUrl }: { webFolder: string; modelUrl: string },
): Promise<ChatStage> {
  const database = await stage.database();
  await writeUsers(database.sql, 1);
  const [user] = await database.sql`select id from users`;
  const userId = String(user?.["id"]);
  const { child, port } = await stage.serve(database, { works: true, webFolder, modelUrl });
  const [cookie = ""] = await child.ask("signIn", [userId]);
  const [name = "", value = ""] = splitOnce(cookie);
  const url = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ name, value, url }]);
  return {
    blank: () => context.newPage(),
    async open(messages) {
      const sessionId = await writeSession(database, userId, messages);
      const page = await context.newPage();
      await page.addInitScript((id) => localStorage.setItem("liveassistSessionId", id), sessionId);
      await page.goto(`${url}/liveassist`);
      await page.locator("#composer").waitFor();
      if (messages > 0) await page.getByText(`Answer ${messages}.`).waitFor();
      return page;
    },
  };
}

async function writeSession({ sql }: TestDatabase, userId: string, messages: number): Promise<string> {
  const id = crypto.randomUUID();
  await sql`insert into liveassist_sessions (id, user_id, title, last_active_at) values (${id}, ${userId}, 'Bench', now())`;
  await sql`insert into liveassist_messages (id, session_id, user_id, role, text, status, created_at)
    select gen_random_uuid(), ${id}, ${userId}, case when n % 2 = 1 then 'user' else 'assistant' end,
      case when n % 2 = 1 then 'Question ' || n || '?' else 'Some words of **Markdown** and a list:' || E'\n\n- one\n- two\n\n' || 'Answer ' || n || '.' end,
      'complete', now() - (${messages} - n) * interval '1 minute'
    from generate_series(1, ${messages}::int) n`;
  return id;
}

function splitOnce(cookie: string): [string, string] {
  const at = cookie.indexOf("=");
  return [cookie.slice(0, at), cookie.slice(at + 1)];
}
