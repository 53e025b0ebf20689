import type { TimelineEntry } from "./inputs/operations.ts";

type Said = Omit<TimelineEntry, "id" | "at">;

/** One plain sentence about what happened, for the console and the command alike. */
export function timelineSentence(entry: Said): string {
  return `${WORDS[entry.kind](entry)}.`;
}

const WORDS: Record<TimelineEntry["kind"], (entry: Said) => string> = {
  account: ({ what }) => (what === "deleted" ? "The account was deleted" : "The account was created"),
  checkout: ({ what, detail }) => {
    const offer = detail["trial"] === true ? "a trial" : "a paid month";
    return what === "opened"
      ? `Opened a checkout page for ${offer}`
      : (CHECKOUTS[what] ?? `Checkout: ${what}`);
  },
  payment: ({ what, detail, ids }) => {
    const began = what === "trial" ? "The trial began at Stripe" : "Stripe took the first payment";
    const seconds = number(detail["seconds"]);
    const of = ids["subscription"] === undefined ? "" : ` (${ids["subscription"]})`;
    return `${began}${of}${seconds === null ? "" : `; Premium followed after ${duration(seconds)}`}`;
  },
  event: ({ what, detail, ids }) => {
    const came = detail["source"] === "backfill" ? "was fetched from Stripe's list" : "arrived";
    const attempts = number(detail["attempts"]) ?? 0;
    const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
    const outcome = OUTCOMES[text(detail["outcome"]) ?? ""] ?? "waits to be worked on";
    const error = text(detail["last_error"]);
    const why = error !== null && detail["outcome"] !== "processed" ? `: ${firstLine(error)}` : "";
    return `${what}${ids["event"] === undefined ? "" : ` (${ids["event"]})`} ${came} and ${outcome}${tries}${why}`;
  },
  sync: ({ what, detail }) => {
    const asked = `Stripe was asked${ROADS[text(detail["road"]) ?? ""] ?? ""}`;
    if (detail["road"] === "stored")
      return `Stripe could not be asked, so the stored facts decided: ${turnOf(detail)}`;
    if (what === "discarded")
      return `${asked}; its answer was discarded, because a newer one was already written`;
    return `${asked}: ${what === "unchanged" ? "nothing had changed" : turnOf(detail)}${eventsOf(detail)}`;
  },
  change: ({ what, ids, detail }) => {
    const xp = number(detail["xp_awarded"]);
    const granted = xp === null ? "" : `, with ${xp} XP`;
    const version = ids["version"] === undefined ? "" : ` (version ${ids["version"]})`;
    return `The user's row became ${what}${granted}${version}`;
  },
  push: ({ ids }) => `Version ${ids["version"] ?? "?"} was sent to socket ${ids["socket"] ?? "unknown"}`,
  ack: ({ ids }) =>
    `The page on socket ${ids["socket"] ?? "unknown"} confirmed that it shows version ${ids["version"] ?? "?"}`,
  grant: ({ what, detail }) =>
    `Premium on an event's word (${what}) while Stripe is away, until ${text(detail["ends_at"]) ?? "it answers"}`,
  xp: ({ what, detail }) => `${number(detail["amount"]) ?? 0} XP: ${XP[what] ?? what}`,
  flag: ({ what, detail, ids }) => {
    const about = `${FLAGS[what] ?? what}${ids["object"] === undefined ? "" : ` (${ids["object"]})`}`;
    return detail["resolved"] === true ? `Looked at and resolved: ${about}` : `To be looked at: ${about}`;
  },
  drift: ({ what, detail }) =>
    detail["repaired"] === true
      ? `The difference to Stripe was repaired (${plain(what)})`
      : `A difference to Stripe was found: ${plain(what)}`,
  withdrawal: ({ what, detail }) => {
    if (what !== "completed") return "Withdrew from the contract";
    const ore = number(detail["refunded_ore"]);
    const back =
      ore === null
        ? "nothing had been paid"
        : `${ore / 100} ${(text(detail["currency"]) ?? "").toUpperCase()} given back`;
    return `The withdrawal was completed; ${back.trim()}`;
  },
  mail: ({ detail }) => {
    const subject = text(detail["subject"]) ?? "a mail";
    return `Mail “${subject}” ${MAILS[text(detail["state"]) ?? ""] ?? "was written"}`;
  },
  admin: ({ what, ids, detail }) => {
    const who = ids["actor"] === undefined ? "An operator's command" : `Administrator ${ids["actor"]}`;
    const outcome = text(detail["outcome"]);
    const end =
      outcome === "done" ? "" : outcome === null ? " (did not come to an end)" : ` (ended in ${outcome})`;
    return `${who} called ${what}${end}`;
  },
};

const CHECKOUTS: Record<string, string> = {
  paid: "Stripe calls the checkout complete; its subscription was not there yet",
  settled: "The checkout led to a subscription",
  expired: "The checkout page was closed unpaid",
};

const OUTCOMES: Record<string, string> = {
  processed: "was worked off",
  ignored: "was set aside, because nothing depends on it",
  dead: "was given up on",
};

const ROADS: Record<string, string> = {
  event: " because of an event",
  return: " when the user came back from the checkout",
  read: " because somebody looked",
  refresh: " because the page asked to",
  due: " because a date had come",
  reconcile: " by the reconciler",
  replay: " because an event was replayed",
  withdrawal: " because of the withdrawal",
  checkout: " before a checkout",
  request: " because the user changed the subscription",
  deletion: " because the account is being deleted",
};

const XP: Record<string, string> = { first_premium: "for the first payment" };

const FLAGS: Record<string, string> = {
  duplicate_payment: "paid twice",
  refund: "money was given back",
  dispute: "the payment is disputed",
  withdrawal: "the refund of a withdrawal was refused",
};

const MAILS: Record<string, string> = {
  sent: "was sent",
  failing: "could not be sent yet",
  waiting: "waits to be sent",
};

function turnOf(detail: Said["detail"]): string {
  const [before, after] = [text(detail["before"]), text(detail["after"])];
  if (before !== null && after !== null && before !== after) return `${before} became ${after}`;
  const changes = detail["changes"];
  const fields = typeof changes === "object" && changes !== null ? Object.keys(changes).map(plain) : [];
  return fields.length > 0 ? `${fields.join(", ")} changed` : "something changed";
}

function eventsOf(detail: Said["detail"]): string {
  const events = number(detail["events"]) ?? 0;
  if (events === 0) return "";
  return `, and ${events === 1 ? "one event was" : `${events} events were`} answered by it`;
}

/** `trialEndsAt` and `trial_ends_at` as a person says them. */
const plain = (word: string): string =>
  word
    .replaceAll("_", " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
const firstLine = (error: string): string => error.split("\n", 1)[0]?.slice(0, 160) ?? "";
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

function duration(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
