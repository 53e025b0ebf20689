import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Claim, differs, type Files, first } from "./claim.ts";

interface Row {
  readonly event_id: string;
  readonly type: string;
  readonly outcome: string | null;
  readonly user_id: string | null;
}
interface Payload {
  readonly event_id: string;
  readonly type: string;
  readonly raw: string;
}
interface User {
  readonly id: string;
  readonly email: string;
  readonly xp: number;
  readonly subscription_status: string;
}

const rows = (files: Files): Row[] => files.data("database/webhook_events.json");
const users = (files: Files): User[] => files.data("database/users.json");
const userOf = (files: Files, name: string): User => {
  const found = users(files).find(({ email }) => email === `${name}@example.com`);
  if (!found) throw new Error(`there is no row of ${name}`);
  return found;
};
const payloads = (files: Files): Payload[] =>
  readdirSync(join(files.path, "webhooks"))
    .filter((name) => /^\d+-/.test(name))
    .map((name) => files.data<Payload>(`webhooks/${name}`));

const NEEDED = ["checkout.session.completed", "customer.subscription.created", "invoice.paid"];

export const EVENT_CLAIMS: Claim[] = [
  {
    part: "payloads",
    says: "Every event in the ledger has its payload as it came, and it is that event",
    files: ["webhooks/", "database/webhook_events.json"],
    judge(files) {
      const kept = new Map(payloads(files).map((one) => [one.event_id, one]));
      const missing = rows(files).filter(({ event_id }) => !kept.has(event_id));
      const wrong = [...kept.values()].find(({ raw, event_id, type }) => {
        const { id, type: said } = JSON.parse(raw) as { id: string; type: string };
        return id !== event_id || said !== type;
      });
      if (kept.size === 0) return "there is no payload";
      if (wrong) return `the payload of ${wrong.event_id} is another event's`;
      return missing.length === 0 ? null : `no payload of ${missing[0]?.event_id}`;
    },
  },
  {
    part: "payloads",
    says: `A and B each have ${NEEDED.join(", ")}`,
    files: ["database/webhook_events.json"],
    judge: (files) =>
      first(
        ...["anna", "bo"].flatMap((name) => {
          const { id } = userOf(files, name);
          const types = rows(files).flatMap((row) => (row.user_id === id ? [row.type] : []));
          return NEEDED.map((type) => (types.includes(type) ? null : `${name} has no ${type}`));
        }),
      ),
  },
  {
    part: "payloads",
    says: "The product answered every delivery with 2xx",
    files: ["webhooks/deliveries.json"],
    judge(files) {
      const all =
        files.data<{ id: string; status: string; lastStatus: number | null }[]>("webhooks/deliveries.json");
      if (all.length === 0) return "nothing was delivered";
      const bad = all.find(
        ({ status, lastStatus }) => status !== "succeeded" || lastStatus === null || lastStatus > 299,
      );
      return bad ? `${bad.id} is ${bad.status} (${bad.lastStatus})` : null;
    },
  },
  {
    part: "rows",
    says: "The rows of users say what their me said: A, B and C paid with 250 XP, D free with none",
    files: ["database/users.json"],
    judge: (files) =>
      first(
        ...["anna", "bo", "cleo"].map((name) =>
          differs(name, { ...userOf(files, name) }, { subscription_status: "paid", xp: 250 }),
        ),
        differs("dag", { ...userOf(files, "dag") }, { subscription_status: "free", xp: 0 }),
      ),
  },
  {
    part: "rows",
    says: "xp_events has 250 for the first payment exactly once for each who paid, and nothing else",
    files: ["database/xp_events.json", "database/users.json"],
    judge(files) {
      const ledger =
        files.data<{ user_id: string; amount: number; reason: string }[]>("database/xp_events.json");
      const wanted = ["anna", "bo", "cleo"].map((name) => userOf(files, name).id).sort();
      const found = ledger.map(({ user_id }) => user_id).sort();
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        return `${found.length} entries, and not those three's`;
      const odd = ledger.find(({ amount, reason }) => amount !== 250 || reason !== "first_premium");
      return odd ? `an entry is ${odd.amount} for ${odd.reason}` : null;
    },
  },
  {
    part: "rows",
    says: "Every row of webhook_events came to a good end; none is a dead letter, none waits",
    files: ["database/webhook_events.json"],
    judge(files) {
      const bad = rows(files).find(({ outcome }) => outcome !== "processed" && outcome !== "ignored");
      if (rows(files).length === 0) return "there are no rows";
      return bad ? `${bad.event_id} (${bad.type}) is ${bad.outcome ?? "waiting"}` : null;
    },
  },
  {
    part: "rows",
    says: "npm run reconcile finds no difference to Stripe afterwards",
    files: ["database/reconcile.json"],
    judge(files) {
      const walk = files.data<{ ending: string; causes: object; counts: { listed?: number } }>(
        "database/reconcile.json",
      );
      return first(
        differs("the walk", { ...walk }, { ending: "finished", causes: {}, open: 0 }),
        (walk.counts.listed ?? 0) >= 4 ? null : "it did not look at the four subscriptions",
      );
    },
  },
  {
    part: "log",
    says: "npm run timeline tells A's story from payment to what A's pages confirmed",
    files: ["server/timeline-a.json"],
    judge(files) {
      const { entries } = files.data<{ entries: { kind: string }[] }>("server/timeline-a.json");
      const kinds = new Set(entries.map(({ kind }) => kind));
      const missing = ["checkout", "payment", "event", "sync", "change", "push", "ack", "xp"].find(
        (kind) => !kinds.has(kind),
      );
      return missing ? `it has no ${missing}` : null;
    },
  },
];
