import { openShop, type Shop } from "../shop.ts";
import { type Checked, checkEvents, checkExchanges, nothingChecked } from "./check-wire.ts";
import { type Expansions, expandEverything } from "./expand-everything.ts";
import { methodOf } from "./implemented-methods.ts";
import { eachObject } from "./kinds-of-objects.ts";
import { lostReferences } from "./lost-references.ts";
import { readEverything } from "./read-everything.ts";
import { type Exchange, recordingSdk } from "./record-exchanges.ts";
import type { Story } from "./story.ts";
import { unchangedAttributes } from "./unchanged-attributes.ts";

/** What was on the wire while stories were told, compared with the SDK's types. */
export interface Lived {
  answers: Checked;
  events: Checked;
  expansions: Expansions;
  /** Ids that lead nowhere. */
  lost: Set<string>;
  /** Calls that were answered, not refused, and not with an empty list: `POST /v1/refunds`. */
  answered: Set<string>;
  refused: Set<string>;
  /** Every kind of object with every status it was seen in: `subscription active`. */
  statuses: Set<string>;
  /** Attributes that events call previous, and that did not change. */
  unchanged: Set<string>;
  /** Stories that could not be told to their ends, and why. */
  brokenOff: string[];
}

/** Lives the stories one after the other, each in its own emulator, and reads everything that is left at their ends. */
export async function liveStories(stories: readonly Story[]): Promise<Lived> {
  const lived: Lived = {
    answers: nothingChecked(),
    events: nothingChecked(),
    expansions: new Map(),
    lost: new Set(),
    answered: new Set(),
    refused: new Set(),
    statuses: new Set(),
    unchanged: new Set(),
    brokenOff: [],
  };
  for (const story of stories) await liveOne(story, lived);
  return lived;
}

async function liveOne({ tells, options, live }: Story, lived: Lived): Promise<void> {
  const exchanges: Exchange[] = [];
  const log = (line: string) => {
    if (line.includes("internal error")) lived.brokenOff.push(`${tells}: ${line}`);
  };
  const opened = await openShop({ seed: 7, log, ...options });
  const shop = { ...opened, stripe: recordingSdk(opened.emulator.port, exchanges) };
  try {
    await live(shop);
    await shop.emulator.settled();
    await readEverything(shop.stripe);
    await expandEverything(shop.stripe, exchanges, lived.expansions);
  } catch (error) {
    lived.brokenOff.push(`${tells}: ${error instanceof Error ? (error.stack ?? "") : String(error)}`);
  }
  // Also of a story that broke off: what is wrong with an object may be the reason.
  await check(shop, exchanges, lived).finally(() => opened.close());
}

async function check(
  { stripe, received }: Shop,
  exchanges: readonly Exchange[],
  lived: Lived,
): Promise<void> {
  const references = [...checkExchanges(exchanges, lived.answers), ...checkEvents(received, lived.events)];
  const known = new Map<string, string>();
  for (const value of [...exchanges.map(({ body }) => body), ...received])
    eachObject(value, ({ id, object, status }) => {
      known.set(String(id), String(object));
      if (typeof status === "string") lived.statuses.add(`${String(object)} ${status}`);
    });
  for (const attribute of received.flatMap(unchangedAttributes)) lived.unchanged.add(attribute);
  for (const sentence of await lostReferences(stripe, references, known)) lived.lost.add(sentence);
  for (const exchange of exchanges) {
    const call = methodOf(exchange)?.call ?? exchange.path;
    if (exchange.status >= 400) lived.refused.add(call);
    else if (!isEmptyList(exchange.body)) lived.answered.add(call);
  }
}

function isEmptyList(body: unknown): boolean {
  const { data } = body as { data?: unknown };
  return Array.isArray(data) && data.length === 0;
}
