import { relative } from "node:path";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./demo-accounts.ts";
import type { Settings } from "./settings.ts";

/** What runs, as the banner tells it. */
export type BannerFacts = { settings: Settings; root: string; emulatorUrl: string | null; colours: boolean };

/** What a newcomer needs to know, in as few lines as hold it. Plain text unless `colours`. */
export function banner({ settings, root, emulatorUrl, colours }: BannerFacts): string {
  const bold = (text: string) => (colours ? `\u001b[1m${text}\u001b[22m` : text);
  const dim = (text: string) => (colours ? `\u001b[2m${text}\u001b[22m` : text);
  const data = relative(root, settings.dataDir) || ".";
  const folder = data.startsWith("..") ? settings.dataDir : data;
  const rows: [string, string][] = [["Open", bold(settings.appUrl)]];
  // With real mail the demo accounts are not made: their addresses have no mailbox to verify.
  if (!settings.databaseUrl && !settings.ownMail) {
    const names = DEMO_ACCOUNTS.map(({ email, role }) =>
      role === "admin" ? `${email} ${dim("(admin)")}` : email,
    );
    rows.push(...names.map((name, at): [string, string] => [at === 0 ? "Sign in as" : "", name]));
    rows.push(["", `password of each: ${DEMO_PASSWORD}`]);
  }
  if (emulatorUrl)
    rows.push(["Stripe emulator", `${emulatorUrl} ${dim("(test mode; pay with 4242 4242 4242 4242)")}`]);
  else rows.push(["Stripe", "your own account, by STRIPE_SECRET_KEY"]);
  if (settings.databaseUrl) rows.push(["Database", withoutPassword(settings.databaseUrl)]);
  if (!settings.ownMail) rows.push(["Mail", `${folder}/mail ${dim("(nothing is sent without SMTP_URL)")}`]);
  rows.push(["Log", `${folder}/logs/server.log`], ["Stop", "Ctrl-C"]);
  const lines = rows.map(([name, text]) => `  ${dim(name.padEnd(16))} ${text}`);
  const mode = settings.dev ? " (development: changes reload by themselves)" : "";
  return ["", bold(`  LiveAssist is running${mode}`), "", ...lines, ""].join("\n");
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return "your own, by DATABASE_URL";
  }
}
