import type { TimelineEntry } from "../../../packages/shared/src/inputs/operations.ts";
import { ago, DAY } from "./moment-ago.ts";
import { EVENTS, SESSION } from "./pretend-events.ts";
import { ADMINISTRATOR, CUSTOMERS, SUBSCRIPTIONS } from "./pretend-people.ts";

type Kind = TimelineEntry["kind"];
type Rest = Partial<Pick<TimelineEntry, "ids" | "detail">>;

let count = 0;
const entry = (
  at: number,
  [kind, what]: [Kind, string],
  { ids = {}, detail = {} }: Rest = {},
): TimelineEntry => ({
  id: `${kind}-${++count}`,
  at: new Date(at).toISOString(),
  kind,
  what,
  ids,
  detail,
});

const SOCKET = "1f60d3b7-94ac-4e25-8d1b-c72e05fa9836";
const TAB = "c85a17e4-2b9f-4d60-a3e7-f6140bd8925c";
const VERSION = "48213";
const customer = CUSTOMERS.maja;
const subscription = SUBSCRIPTIONS.maja;

/** From the checkout page to what two tabs showed, newest first, and who looked at it afterwards. */
export function majasStory(): TimelineEntry[] {
  const paid = Math.floor(Date.now() / 1000) * 1000 - 747_000;
  const came = (seconds: number, type: string, event: string): TimelineEntry =>
    entry(paid + seconds * 1000, ["event", type], {
      ids: { event, customer, subscription, seq: "20418" },
      detail: { outcome: "processed", source: "webhook", attempts: 1 },
    });
  const shown = (seconds: number, kind: "push" | "ack", socket: string): TimelineEntry =>
    entry(paid + seconds * 1000, [kind, kind === "push" ? "subscription.updated" : "shown"], {
      ids: { version: VERSION, socket },
      detail: kind === "push" ? { plan: "paid" } : {},
    });
  return [
    entry(Date.parse(ago(2)), ["admin", "admin.exportUser"], {
      ids: { actor: ADMINISTRATOR.id },
      detail: { input: {}, outcome: "done" },
    }),
    entry(paid + 2_400, ["mail", "contract"], {
      detail: { subject: "Your LiveAssist Premium", state: "sent", attempts: 1 },
    }),
    shown(1.61, "ack", TAB),
    shown(1.57, "ack", SOCKET),
    shown(1.49, "push", TAB),
    shown(1.48, "push", SOCKET),
    entry(paid + 1_420, ["change", "free → paid"], {
      ids: { version: VERSION },
      detail: { subscription_status: "paid", stripe_status: "active", xp: 250, xp_awarded: 250 },
    }),
    entry(paid + 1_420, ["xp", "first_premium"], { detail: { amount: 250 } }),
    entry(paid + 1_420, ["checkout", "settled"], { ids: { session: SESSION, customer } }),
    entry(paid + 1_110, ["sync", "changed"], {
      ids: { customer, seq: "20418" },
      detail: {
        road: "event",
        events: 3,
        before: "free",
        after: "paid",
        changes: { plan: ["free", "paid"], stripeStatus: ["none", "active"], xp: [0, 250] },
      },
    }),
    came(1.08, "invoice.paid", EVENTS.paid),
    came(1.04, "customer.subscription.created", EVENTS.created),
    came(0.93, "checkout.session.completed", EVENTS.completed),
    entry(paid, ["payment", "paid"], {
      ids: { subscription },
      detail: { seconds: 1.42, receipt_seconds: 0.49 },
    }),
    entry(paid - 47_000, ["checkout", "opened"], {
      ids: { session: SESSION, customer },
      detail: { trial: false, state: "settled" },
    }),
    entry(Date.parse(ago(1.1 * DAY)), ["account", "created"], { detail: { role: "user" } }),
  ];
}

/** What is left of somebody who deleted the account. */
export const goneStory = (): TimelineEntry[] => [
  entry(Date.parse(ago(2 * DAY)), ["account", "deleted"]),
  entry(Date.parse(ago(2 * DAY)) - 400, ["sync", "changed"], {
    ids: { customer: "cus_TOe2VnH4kZsB9d" },
    detail: { road: "deletion", before: "paid", after: "free", events: 0 },
  }),
  entry(Date.parse(ago(113 * DAY)), ["payment", "paid"], {
    ids: { subscription: "sub_1SCkR9K8mVxA2bLt6MwX5yZa" },
    detail: { seconds: 2.1 },
  }),
  entry(Date.parse(ago(140 * DAY)), ["account", "created"], { detail: { role: "user" } }),
];
