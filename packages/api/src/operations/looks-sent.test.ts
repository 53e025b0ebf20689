import { expect, test } from "vitest";
import { looksSent } from "./looks-sent.ts";

const EVENT = { id: "evt_1", object: "event", type: "invoice.paid", livemode: false, data: { object: {} } };
const V1 = "a".repeat(64);

test.for<{ what: string; signature?: string | undefined; body?: unknown; is?: boolean }>([
  { what: "signed with another secret", is: true },
  { what: "signed with two secrets", signature: `t=1763726400,v1=${V1},v1=${V1}`, is: true },
  { what: "with an old scheme beside it", signature: `t=1763726400,v1=${V1},v0=${V1}`, is: true },
  { what: "not signed", signature: undefined },
  { what: "with an empty signature", signature: "" },
  { what: "with nonsense for a signature", signature: "t=1763726400,v1=nonsense" },
  { what: "without a time", signature: `v1=${V1}` },
  { what: "of the other mode", body: { ...EVENT, livemode: true } },
  { what: "without a mode", body: { ...EVENT, livemode: undefined } },
  { what: "of something else", body: { hello: "world" } },
  { what: "of no JSON", body: "<html>" },
])("a delivery $what could be Stripe's: $is", ({ is = false, ...given }) => {
  const { signature, body = EVENT } = { signature: `t=1763726400,v1=${V1}`, ...given };
  const rawBody = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  expect(looksSent({ rawBody, signature }, false)).toBe(is);
});
