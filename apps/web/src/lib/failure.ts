import type { ErrorBody, ErrorCode, Issue } from "@liveassist/shared/errors";

/**
 * Why something did not work, as a person needs it told apart (requirements R26): signed out, no network, our side,
 * or a refusal with a reason.
 */
export interface Failure {
  readonly kind: "auth" | "network" | "server" | "refused";
  readonly code: "AUTH_FAILED" | "NETWORK" | ErrorCode;
  readonly message: string;
  readonly issues: readonly Issue[];
}

/** An answer of the REST interface that is not a success. */
export class RefusedAnswer extends Error {
  override readonly name = "RefusedAnswer";
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

/** The contract's body in whatever was thrown: at `data.contract` of a tRPC error, or the body of a REST answer. */
function contractOf(thrown: unknown): ErrorBody | null {
  if (typeof thrown !== "object" || thrown === null) return null;
  if (thrown instanceof RefusedAnswer) return isErrorBody(thrown.body) ? thrown.body : null;
  const data = "data" in thrown ? thrown.data : null;
  if (typeof data !== "object" || data === null || !("contract" in data)) return null;
  return isErrorBody(data.contract) ? data.contract : null;
}

const SERVER_CODES: ReadonlySet<string> = new Set(["INTERNAL", "STRIPE_UNAVAILABLE", "RATE_LIMITED"]);

/** Sorts anything thrown into one of the four kinds. An answer nobody can read counts as our side's fault. */
export function failureOf(thrown: unknown): Failure {
  const body = contractOf(thrown);
  if (body) {
    const issues = body.issues ?? [];
    if (body.code === "UNAUTHENTICATED")
      return { kind: "auth", code: "AUTH_FAILED", message: body.message, issues };
    const kind = SERVER_CODES.has(body.code) ? "server" : "refused";
    return { kind, code: body.code, message: body.message, issues };
  }
  const answered = thrown instanceof RefusedAnswer || hasHttpStatus(thrown);
  return answered
    ? { kind: "server", code: "INTERNAL", message: "", issues: [] }
    : { kind: "network", code: "NETWORK", message: "", issues: [] };
}

function hasHttpStatus(thrown: unknown): boolean {
  if (typeof thrown !== "object" || thrown === null) return false;
  if ("data" in thrown && thrown.data) return true;
  const meta = "meta" in thrown ? (thrown.meta as { response?: unknown } | undefined) : undefined;
  return meta?.response !== undefined;
}

/** Worth another try by itself; a refusal or a lost login will not change by asking again. */
export const isTransient = (failure: Failure): boolean =>
  failure.kind === "network" || failure.kind === "server";
