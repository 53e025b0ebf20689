import { AssistantError } from "@liveassist/api";
import type { ReplyFailure } from "@liveassist/shared/session-events";
import { APICallError, StreamProviderError } from "ai";

/** What a provider's error says that a rule can use; never the prompt, which the SDK's errors carry with them. */
export interface Complaint {
  readonly status: number | undefined;
  /** The provider's own code or type, such as `model_not_found`. */
  readonly codes: readonly string[];
  readonly message: string;
  /** Trying once more may help: the network, or a server's own fault. */
  readonly isPassing: boolean;
}

const BUSY = /rate_limit|overloaded|too_many_requests/;
const OPERATORS =
  /quota|billing|model_not_found|invalid_model|invalid_api_key|api_key_invalid|authentication|permission/;
const REFUSED = /content_filter|content_policy|safety/;
/** Gateways that do not set codes say it in words; a moderated text is a 403 at some. */
const REFUSED_WORDS = /\bflagged\b|moderation/i;
const OPERATORS_WORDS = /api[ _-]?key|model\b.*\b(not exist|not found|not support|unknown|invalid)/i;

/** Reads any error of a reply. */
export function readComplaint(error: unknown): Complaint {
  const known = APICallError.isInstance(error) || StreamProviderError.isInstance(error) ? error : null;
  const said = known ? { ...detailsOf(known.data), ...detailsIn(known) } : detailsOf(error);
  const codes = [said["code"], said["type"], said["status"]].flatMap((one) =>
    typeof one === "string" || typeof one === "number" ? [String(one).toLowerCase()] : [],
  );
  const status = known?.statusCode;
  return {
    status,
    codes,
    message: known?.message ?? String(said["message"] ?? ""),
    isPassing: APICallError.isInstance(error) && isAway(status),
  };
}

/** Nobody there, a server's own fault, or cut off after it had said that all was well. */
const isAway = (status: number | undefined): boolean =>
  status === undefined || status < 300 || status === 408 || status >= 500;

/** Which of the four failures it is: told apart by what helps. */
export function failureOf({ status, codes, message }: Complaint): ReplyFailure {
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (has(OPERATORS)) return "misconfigured";
  if (has(REFUSED) || (status === 403 && REFUSED_WORDS.test(message))) return "refused";
  if (status === 429 || status === 529 || has(BUSY)) return "busy";
  if (status === undefined || isAway(status)) return "away";
  // Moved elsewhere is not followed: what people show goes to the configured address only.
  if (status < 400 || status === 401 || status === 402 || status === 403 || status === 404)
    return "misconfigured";
  return OPERATORS_WORDS.test(message) ? "misconfigured" : "refused";
}

/** For the operator's log; its code is the provider's status and codes. */
class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: string;

  constructor(code: string, words: string) {
    super(`the provider answered ${code}${words}`);
    this.code = code;
  }
}

/**
 * The error that the engine sees. Its cause carries status and codes, the provider's words only where the operator has to act
 * on them, never what a person wrote, never the key.
 */
export function toAssistantError(error: unknown, apiKey: string | undefined): AssistantError {
  if (error instanceof AssistantError) return error;
  const complaint = readComplaint(error);
  const failure = failureOf(complaint);
  const words = failure === "misconfigured" ? `: ${masked(complaint.message, apiKey)}` : "";
  const about = [complaint.status, ...complaint.codes].filter((one) => one !== undefined).join(" ");
  return new AssistantError(failure, new ProviderError((about || nameOf(error)).slice(0, 100), words));
}

function masked(text: string, apiKey: string | undefined): string {
  const without = apiKey ? text.replaceAll(apiKey, "…") : text;
  return without.replaceAll(/\bsk-[\w*-]+/g, "sk-…").slice(0, 200);
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "an error";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `${error.name}${code}`;
}

type Details = Record<string, unknown>;
const isRecord = (value: unknown): value is Details => typeof value === "object" && value !== null;

/** `{error: {…}}`, the inner one alone, or a list of one, as gateways have it. */
function detailsOf(data: unknown): Details {
  const first: unknown = Array.isArray(data) ? data[0] : data;
  if (!isRecord(first)) return {};
  const { error } = first;
  return isRecord(error) ? error : first;
}

function detailsIn(error: APICallError | StreamProviderError): Details {
  if (StreamProviderError.isInstance(error)) return { code: error.code, type: error.type };
  return error.data === undefined ? detailsOf(parsed(error.responseBody)) : {};
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
