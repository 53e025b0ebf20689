/** The fields of an error body, as the SDK reads them. */
export interface ErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  doc_url?: string;
  advice_code?: string;
  charge?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  setup_intent?: unknown;
  request_log_url?: string;
}

/** An answer of 4xx or 5xx. Its body always has an `error` key: without it the SDK takes a 500 for a success. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /** Refused before anything was carried out; such answers are not kept for their idempotency key. */
  readonly beforeExecution: boolean;
  readonly headers: Record<string, string> = {};

  constructor(status: number, body: ErrorBody, beforeExecution = false) {
    super(body.message);
    this.status = status;
    this.body = body.code === undefined ? body : { ...body, doc_url: docUrl(body.code) };
    this.beforeExecution = beforeExecution;
  }

  /** The same error, answered with one header more. */
  withHeader(name: string, value: string): this {
    this.headers[name] = value;
    return this;
  }
}

/** 402: a card was refused. What was carried out until then stays, as at Stripe: the attempt did happen. */
export class CardRefused extends StripeError {
  constructor(
    decline: { code: string; message: string; declineCode: string | null },
    about: Partial<ErrorBody> = {},
  ) {
    const { code, message, declineCode } = decline;
    const decline_code = declineCode ?? undefined;
    super(402, { type: "card_error", code, message, ...(decline_code && { decline_code }), ...about });
  }
}

/** 400 to a confirmation that was carried out in part: the intent it is about stays. */
export class IntentRefused extends StripeError {}

function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}

/** 400 about one parameter, before anything was carried out. */
export function badParam(code: string, message: string, param: string): StripeError {
  return new StripeError(400, { type: "invalid_request_error", code, message, param }, true);
}

/** 400: the request makes no sense in the state things are in. */
export function badState(message: string, options: Partial<ErrorBody> = {}): StripeError {
  return new StripeError(400, { type: "invalid_request_error", message, ...options });
}

/** 404 for an id in the path, 400 for one in a parameter. */
export function missing(noun: string, id: string, param = "id"): StripeError {
  const message = `No such ${noun}: '${id}'`;
  return new StripeError(param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message,
    param,
  });
}

/** Stripe has it, this emulator has not: said loudly rather than answered wrongly. */
export function notCovered(param: string): StripeError {
  return badParam(
    "parameter_unknown",
    `The Stripe emulator does not cover the parameter ${param} (Stripe does).`,
    param,
  );
}
