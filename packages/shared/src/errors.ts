/** Every error a client can meet: code → HTTP status and the short word in `error` (requirements, HTTP contract). */
export const ERRORS = {
  INVALID_INPUT: { status: 400, error: "invalid_input" },
  INVALID_SIGNATURE: { status: 400, error: "invalid_signature" },
  UNAUTHENTICATED: { status: 401, error: "unauthenticated" },
  FORBIDDEN: { status: 403, error: "forbidden" },
  FOREIGN_ORIGIN: { status: 403, error: "foreign_origin" },
  EMAIL_NOT_VERIFIED: { status: 403, error: "forbidden" },
  IMAGE_DAY_LIMIT: { status: 403, error: "limit_exceeded" },
  VIDEO_REQUIRES_PREMIUM: { status: 403, error: "limit_exceeded" },
  MESSAGE_TOO_LONG: { status: 403, error: "limit_exceeded" },
  NOT_FOUND: { status: 404, error: "not_found" },
  TRIAL_USED: { status: 409, error: "conflict" },
  ALREADY_SUBSCRIBED: { status: 409, error: "conflict" },
  PAYMENT_NEEDS_ATTENTION: { status: 409, error: "conflict" },
  NO_SUBSCRIPTION: { status: 409, error: "conflict" },
  WITHDRAWAL_OVER: { status: 409, error: "conflict" },
  EMAIL_TAKEN: { status: 409, error: "conflict" },
  REPLY_RUNNING: { status: 409, error: "conflict" },
  NOT_RETRYABLE: { status: 409, error: "conflict" },
  UPLOAD_NOT_READY: { status: 409, error: "conflict" },
  UPLOAD_USED: { status: 409, error: "conflict" },
  NOT_ASSIGNABLE: { status: 409, error: "conflict" },
  IDEMPOTENCY_CONFLICT: { status: 409, error: "conflict" },
  TOO_LARGE: { status: 413, error: "too_large" },
  UNSUPPORTED_MEDIA: { status: 415, error: "unsupported_media" },
  RATE_LIMITED: { status: 429, error: "rate_limited" },
  INTERNAL: { status: 500, error: "internal_error" },
  STRIPE_UNAVAILABLE: { status: 503, error: "stripe_unavailable" },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** One thing wrong with an input: where and why. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** The body of every error answer; over tRPC the same object stands at `error.data.contract`. */
export interface ErrorBody {
  readonly error: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues?: readonly Issue[];
}

export interface AppErrorDetails {
  readonly issues?: readonly Issue[];
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The one error class: a closed code and a message that may be shown. The transports map it in one place. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly issues: readonly Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.issues = details.issues;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** The contract's body: never a stack, never an internal message. */
  toBody(): ErrorBody {
    const body = { error: ERRORS[this.code].error, code: this.code, message: this.message };
    return this.issues ? { ...body, issues: this.issues } : body;
  }
}
