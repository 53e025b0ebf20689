/** Personal data, tokens and card data never reach a log line, however deep they lie (requirements R19). */
const MASKED =
  /^(e_?mail|name|phone|address|\w+_(?:email|name|phone|address)|line1|line2|postal_code|city|ip_?address|token|secret|client_secret|password|card|last4|fingerprint|number|cvc|authorization|cookie|set-cookie|customer_details|billing_details|shipping|shipping_details|url|hosted_invoice_url|invoice_pdf|receipt_url)$/i;
const DEPTH = 8;

/** A copy with every masked field replaced; for whatever is logged or shown to an operator. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return maskText(value);
  if (value === null || typeof value !== "object" || value instanceof Date || value instanceof Error)
    return value;
  if (depth > DEPTH) return "[deep]";
  if (Array.isArray(value)) return value.map((one) => mask(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      inner !== null && inner !== undefined && MASKED.test(key) ? "[masked]" : mask(inner, depth + 1),
    ]),
  );
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
const QUERY_VALUES = /\nparams: [\s\S]*?(?=\n {4}at |$)/g;

/** A text without the e-mail addresses in it, and without the values of a failed query, which may be tokens or hashes. */
export function maskText(text: string): string {
  const inner = text.replaceAll(QUERY_VALUES, "\nparams: [masked]");
  return inner.includes("@") ? inner.replaceAll(EMAIL, "[masked]") : inner;
}
