import type { AlertPort } from "@liveassist/api";

const PATIENCE_MS = 5_000;

/** Posts `{text}`, as Slack and what speaks like it take it (requirements, `ALERT_WEBHOOK_URL`). The address is a secret. */
export function createAlerts(url: string): AlertPort {
  return {
    async send(text) {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text }),
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the alert webhook answered ${answer.status}`);
    },
  };
}
