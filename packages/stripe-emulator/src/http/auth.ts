import { StripeError } from "./errors.ts";

/** Accepts `Bearer` and, as curl's `-u key:` sends it, `Basic`. With `onlyKey` no other key is good. */
export function checkKey(header: string | undefined, onlyKey: string | undefined): void {
  const key = keyOf(header ?? "");
  if (key === "") {
    const message =
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
    throw refused(message);
  }
  const good = onlyKey === undefined ? /^(sk|rk)_test_\w+$/.test(key) : key === onlyKey;
  if (!good) {
    const masked =
      key.length > 12 ? `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}` : "*".repeat(key.length);
    throw refused(`Invalid API Key provided: ${masked}`);
  }
}

function refused(message: string): StripeError {
  const error = new StripeError(401, { type: "invalid_request_error", message }, true);
  return error.withHeader("www-authenticate", 'Basic realm="Stripe"');
}

function keyOf(header: string): string {
  const [scheme, value = ""] = header.split(" ");
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() === "basic") return Buffer.from(value, "base64").toString().split(":")[0] ?? "";
  return "";
}
