import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";

/** The newest mail to an address under `DATA_DIR/mail`, once it is there. */
export function readMail(dataDir: string, to: string): Promise<string> {
  const folder = join(dataDir, "mail");
  return vi.waitFor(
    async () => {
      for (const file of (await readdir(folder)).sort().reverse()) {
        const text = await readFile(join(folder, file), "utf8");
        if (text.includes(`To: ${to}\n`)) return text;
      }
      throw new Error(`no mail to ${to} yet`);
    },
    { timeout: 5_000, interval: 20 },
  );
}

/** The token in the link of a mail about a new password. */
export function resetTokenIn(mail: string): string {
  const token = /reset-password\?token=([\w-]+)/.exec(mail)?.[1];
  if (token === undefined) throw new Error(`no link in: ${mail}`);
  return token;
}
