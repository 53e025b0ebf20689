import { AppError, type ErrorCode } from "@liveassist/shared/errors";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { StripeError } from "./stripe-port.ts";

type TrpcCode = TRPCError["code"];

const TRPC_CODES: Record<number, TrpcCode> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** The tRPC code with the same HTTP status as a contract error. */
export const trpcCodeOf = (error: AppError): TrpcCode => TRPC_CODES[error.status] ?? "INTERNAL_SERVER_ERROR";

const BY_TRPC_CODE: Partial<Record<TrpcCode, [ErrorCode, string]>> = {
  PARSE_ERROR: ["INVALID_INPUT", "The body is not valid JSON."],
  BAD_REQUEST: ["INVALID_INPUT", "The input is not valid."],
  UNAUTHORIZED: ["UNAUTHENTICATED", "Sign in first."],
  FORBIDDEN: ["FORBIDDEN", "You may not do this."],
  NOT_FOUND: ["NOT_FOUND", "There is nothing here."],
  METHOD_NOT_SUPPORTED: ["INVALID_INPUT", "This procedure is not called this way."],
  PAYLOAD_TOO_LARGE: ["TOO_LARGE", "The request is too large."],
  UNSUPPORTED_MEDIA_TYPE: ["UNSUPPORTED_MEDIA", "Send JSON."],
};

/** Any error as one of the contract's, in one place: whatever is not known becomes `INTERNAL` and says nothing. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return invalidInput(error);
  if (error instanceof StripeError) return fromStripe(error);
  if (error instanceof TRPCError) return fromTrpc(error);
  return new AppError("INTERNAL", "Something went wrong on our side. Nothing was lost; try again.", {
    cause: error,
  });
}

/** Refused is not away: trying again at once will not help, and somebody of ours has to look (requirements R23a). */
function fromStripe(error: StripeError): AppError {
  if (error.kind === "rejected") {
    const message = "Stripe refused this. Nothing was changed, and we have been told; try again later.";
    return new AppError("STRIPE_UNAVAILABLE", message, { cause: error });
  }
  const message = "Stripe cannot be reached right now. Nothing was changed; try again.";
  return new AppError("STRIPE_UNAVAILABLE", message, { retryAfterSeconds: 5, cause: error });
}

function fromTrpc(error: TRPCError): AppError {
  const { cause } = error;
  if (cause instanceof AppError) return cause;
  // A ZodError behind INTERNAL is our own output failing its schema: a bug of ours, not of the caller.
  if (error.code === "INTERNAL_SERVER_ERROR")
    return toAppError(cause instanceof ZodError ? null : (cause ?? null));
  if (cause instanceof ZodError) return invalidInput(cause);
  const [code, message] = BY_TRPC_CODE[error.code] ?? ["INTERNAL", "Something went wrong on our side."];
  return new AppError(code, message, { cause: error });
}

function invalidInput(error: ZodError): AppError {
  const issues = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const first = issues[0];
  const where = first?.path ? `${first.path}: ` : "";
  return new AppError("INVALID_INPUT", first ? where + first.message : "The input is not valid.", {
    issues,
    cause: error,
  });
}
