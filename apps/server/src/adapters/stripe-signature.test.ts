import { createHmac } from "node:crypto";
import { AppError } from "@liveassist/shared/errors";
import { describe, expect, test } from "vitest";
import { verifySignature } from "./stripe-signature.ts";

const BODY = Buffer.from('{"id":"evt_1","name":"Åsa"}');
const now = (): number => Math.floor(Date.now() / 1000);
const hmac = (secret: string, at: number, body = BODY): string =>
  createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
const header = (secret = "whsec_1", at = now()): string => `t=${at},v1=${hmac(secret, at)}`;

function refusal(given: string | undefined, { secrets = ["whsec_1"], body = BODY } = {}): string {
  try {
    verifySignature(secrets, body, given);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_SIGNATURE") return error.message;
    throw error;
  }
  throw new Error("the signature was accepted");
}

describe("a signature is good", () => {
  test("by any of the configured secrets, and among others in the header", () => {
    verifySignature(["whsec_1"], BODY, header());
    verifySignature(["whsec_new", "whsec_1"], BODY, header());
    const at = now();
    verifySignature(
      ["whsec_1"],
      BODY,
      `t=${at},v1=${hmac("whsec_other", at)},v1=${hmac("whsec_1", at)},v0=00`,
    );
  });
  test("for 300 seconds either way", () => {
    verifySignature(["whsec_1"], BODY, header("whsec_1", now() - 298));
    verifySignature(["whsec_1"], BODY, header("whsec_1", now() + 298));
  });
});

describe("a signature is refused, in the contract's words,", () => {
  test("when it is too old or comes from the future", () => {
    expect(refusal(header("whsec_1", now() - 302))).toBe("Invalid signature: the timestamp is too old.");
    expect(refusal(header("whsec_1", now() + 302))).toBe(
      "Invalid signature: the timestamp lies in the future.",
    );
  });
  test("when it is missing, empty, broken or of a scheme we do not take", () => {
    const at = now();
    expect(refusal(undefined)).toContain("header is missing");
    for (const broken of ["", "t=", "garbage", "v1=00", `t=${at}`, `t=${at},v1=`, `t=${at},v1=zz`])
      expect(refusal(broken)).toMatch(/^Invalid signature: /);
    expect(refusal(`t=${at},v0=${hmac("whsec_1", at)}`)).toMatch(/^Invalid signature: /);
  });
  test("when it was made with another secret, for another time or for another body", () => {
    const at = now();
    expect(refusal(header("whsec_2"))).toBe("Invalid signature: no secret matches.");
    expect(refusal(`t=${at - 1},v1=${hmac("whsec_1", at)}`)).toMatch(/^Invalid/);
    expect(refusal(header(), { body: Buffer.from(`${BODY.toString()} `) })).toMatch(/^Invalid/);
    expect(refusal(header(), { body: Buffer.alloc(0) })).toMatch(/^Invalid/);
  });
});
