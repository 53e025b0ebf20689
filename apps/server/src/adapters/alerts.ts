import type { AlertPort } from "@liveassist/api";

const PATIENCE_MS = 5_000;

/**
 * Posts `{text}`, as Slack and what speaks like it take it (requirements, `ALERT_WEBHOOK_URL`). The address is a secret: no
 * error names it. Follows no redirect, which could lead anywhere.
 */
export function createAlerts(url: string, patienceMs = PATIENCE_MS): AlertPort {
  const { address, headers } = withoutCredentials(url);
  return {
    async send(text) {
      const answer = await fetch(address, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ text }),
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMs),
      }).catch((error: unknown) => {
        throw new Error(`the alert webhook could not be reached: ${reasonOf(error)}`);
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the alert webhook answered ${answer.status}`);
    },
  };
}

/** Fetch refuses an address with a user and password in it, and repeats it in the refusal. */
function withoutCredentials(url: string): { address: URL; headers: Record<string, string> } {
  const address = new URL(url);
  const { username, password } = address;
  if (username === "" && password === "") return { address, headers: {} };
  address.username = "";
  address.password = "";
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { address, headers: { authorization: `Basic ${pair.toString("base64")}` } };
}

/** Node says "fetch failed", and what failed only in the cause: as a code, which names no path. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
