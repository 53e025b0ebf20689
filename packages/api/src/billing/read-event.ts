import { AppError } from "@liveassist/shared/errors";
import { z } from "zod";
import { type EventSubject, subjectOf } from "./stripe-events.ts";

/** Text that the database can hold: no NUL, no half of a surrogate pair. */
const isStorable = (value: string): boolean => !value.includes("\0") && value.isWellFormed();
const text = z.string().min(1).refine(isStorable);
const idOrObject = z.union([text, z.looseObject({ id: text }).transform((object) => object.id)]);
const maybeId = idOrObject.nullish().catch(null);
const metadata = z
  .looseObject({ userId: text.nullish().catch(null) })
  .nullish()
  .catch(null);

const objectSchema = z.looseObject({
  id: text.nullish().catch(null),
  object: text.nullish().catch(null),
  status: text.nullish().catch(null),
  customer: maybeId,
  subscription: maybeId,
  charge: maybeId,
  client_reference_id: text.nullish().catch(null),
  metadata,
  parent: z
    .looseObject({
      subscription_details: z.looseObject({ subscription: maybeId, metadata }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const envelopeSchema = z.looseObject({
  id: text.max(255),
  type: text.max(255),
  api_version: text.nullish().catch(null),
  created: z.number().min(0).max(8_640_000_000_000).nullish().catch(null),
  livemode: z.boolean().nullish().catch(null),
  data: z.looseObject({
    object: objectSchema,
    previous_attributes: z.record(z.string(), z.unknown()).nullish().catch(null),
  }),
});

/** What a verified event says about whom it concerns. Times are epoch milliseconds. */
export interface EventFacts {
  readonly eventId: string;
  readonly type: string;
  readonly subject: EventSubject | null;
  readonly apiVersion: string | null;
  /** Null when the event does not say. */
  readonly livemode: boolean | null;
  readonly createdAt: number | null;
  readonly objectId: string | null;
  readonly sessionId: string | null;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  readonly chargeId: string | null;
  /** Every user id the object names, without repeats (requirements R16). */
  readonly userIds: readonly string[];
  readonly object: Readonly<Record<string, unknown>>;
  readonly previous: Readonly<Record<string, unknown>> | null;
}

type Envelope = z.infer<typeof envelopeSchema>;

function idsOf(subject: EventSubject | null, object: Envelope["data"]["object"]) {
  const parent = object.parent?.subscription_details;
  const own = object.id ?? null;
  return {
    objectId: own,
    sessionId: subject === "session" ? own : null,
    customerId: (subject === "customer" ? own : object.customer) ?? null,
    subscriptionId:
      (subject === "subscription" ? own : (parent?.subscription ?? object.subscription)) ?? null,
    chargeId: (subject === "charge" ? own : object.charge) ?? null,
  };
}

/** Reads a verified body. Lenient about everything but the envelope; throws `AppError INVALID_INPUT` when that is broken. */
export function readEvent(rawBody: string): EventFacts {
  const envelope = envelopeSchema.safeParse(parseJson(rawBody));
  if (!envelope.success) throw new AppError("INVALID_INPUT", "The body is not a Stripe event.");
  const event = envelope.data;
  const object = event.data.object;
  const subject = subjectOf(event.type);
  const named = [
    object.client_reference_id,
    object.metadata?.userId,
    object.parent?.subscription_details?.metadata?.userId,
  ];
  return {
    eventId: event.id,
    type: event.type,
    subject,
    apiVersion: event.api_version ?? null,
    livemode: event.livemode ?? null,
    createdAt: event.created == null ? null : event.created * 1000,
    ...idsOf(subject, object),
    userIds: [...new Set(named.filter((id): id is string => typeof id === "string"))],
    object,
    previous: event.data.previous_attributes ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("INVALID_INPUT", "The body is not valid JSON.", { cause });
  }
}
