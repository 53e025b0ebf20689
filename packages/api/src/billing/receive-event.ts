import type { Db } from "@liveassist/db";
import type { Deps } from "../deps.ts";
import { type EventFacts, readEvent } from "./read-event.ts";
import { type IncomingEvent, type StoreOutcome, storeEvents } from "./store-events.ts";

/** At most this many events share one insert; more wait for the next. */
const BATCH = 200;
/** Inserts under way at once: while one waits for the disk, the next is made ready. */
const WRITERS = 3;

interface Waiting {
  readonly event: IncomingEvent;
  readonly resolve: (outcome: StoreOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers events that arrive while an insert is under way, so that one commit makes many durable (design I6). */
export function createEventStore(db: Db): (event: IncomingEvent) => Promise<StoreOutcome> {
  const waiting: Waiting[] = [];
  let writing = 0;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      const distinct = [...new Map(batch.map(({ event }) => [event.facts.eventId, event])).values()];
      try {
        const outcomes = await storeEvents(db, distinct);
        for (const { event, resolve } of batch) resolve(outcomes.get(event.facts.eventId) ?? "stored");
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error);
        // One event that cannot be stored must not take the others with it.
        else await Promise.all(batch.map((one) => writeAlone(one)));
      }
    }
    writing -= 1;
  }

  /** After the current turn, so that what arrived in it shares an insert. */
  function startWriting(): void {
    writing += 1;
    setImmediate(() => void write());
  }

  async function writeAlone({ event, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve((await storeEvents(db, [event])).get(event.facts.eventId) ?? "stored");
    } catch (error) {
      reject(error);
    }
  }

  return (event) =>
    new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      if (writing < WRITERS) startWriting();
    });
}

export interface Received {
  readonly facts: EventFacts;
  readonly outcome: StoreOutcome;
  /** Stored, and not ours to act on. */
  readonly ignored: boolean;
}

/**
 * Takes one delivery: verifies the signature, makes it durable, wakes the worker (design I1). Returns only after the
 * commit. Throws `AppError INVALID_SIGNATURE` or `INVALID_INPUT`; a database error passes through, so that Stripe tries again.
 */
export async function receiveEvent(
  deps: Deps,
  store: (event: IncomingEvent) => Promise<StoreOutcome>,
  delivery: { readonly rawBody: Buffer; readonly signature: string | undefined },
): Promise<Received> {
  deps.stripe.verifyWebhook(delivery.rawBody, delivery.signature);
  const payload = delivery.rawBody.toString("utf8");
  const facts = readEvent(payload);
  const livemode = facts.livemode ?? deps.settings.livemode;
  const foreign = livemode !== deps.settings.livemode;
  const ignored = facts.subject === null || foreign;
  const outcome = await store({ facts, payload, livemode, ignored, receivedAt: deps.clock.wall() });
  const line = {
    eventId: facts.eventId,
    type: facts.type,
    sessionId: facts.sessionId,
    customerId: facts.customerId,
    outcome: ignored ? "ignored" : outcome,
  };
  deps.log.info(line, "webhook stored");
  warnAboutVersion(deps, facts);
  if (outcome === "stored" && !ignored) deps.nudgeInbox(facts.customerId);
  return { facts, outcome, ignored };
}

/** The release name after the date, e.g. `endive`: within one release Stripe only adds (stripe-facts §1). */
const release = (version: string): string | undefined => version.split(".")[1];

/** An endpoint of another API version still works, because objects are fetched anew, but somebody must know (requirements R15). */
function warnAboutVersion(deps: Deps, facts: EventFacts): void {
  const pinned = deps.settings.stripeApiVersion;
  if (facts.apiVersion === null || release(facts.apiVersion) === release(pinned)) return;
  deps.log.error(
    { alarm: "stripe_api_version", eventId: facts.eventId, got: facts.apiVersion, pinned },
    "webhook endpoint speaks another Stripe API version",
  );
}
