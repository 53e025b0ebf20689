import { AssistantError } from "@liveassist/api";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { assistantAt, request, whole } from "../../test/support/ask-assistant.ts";
import { OpenAiStub } from "../../test/support/openai-stub.ts";
import { createAssistant } from "./assistant.ts";
import { PATIENCE } from "./assistant-patience.ts";

const QUICK = { ...PATIENCE, pauseMs: 1 };
const IMPATIENT = { ...QUICK, firstMs: 1_000, betweenMs: 1_000 };

let stub: OpenAiStub;
beforeEach(async () => {
  stub = await new OpenAiStub().start();
});
afterEach(async () => {
  await stub.stop();
});

async function failure(by = assistantAt(stub, QUICK)): Promise<AssistantError> {
  const error: unknown = await whole(by).catch((one: unknown) => one);
  if (!(error instanceof AssistantError)) throw new Error(`no AssistantError, but ${String(error)}`);
  return error;
}

describe("what a provider does wrong", () => {
  const refusal = (status: number, error: object = { message: "no" }) => ({ status, body: { error } });

  test.each([
    [refusal(401), "misconfigured"],
    [refusal(403), "misconfigured"],
    [refusal(404, { message: "The model does not exist", code: "model_not_found" }), "misconfigured"],
    [refusal(400, { message: "API key not valid. Please pass a valid API key." }), "misconfigured"],
    [refusal(429, { message: "You exceeded your quota", code: "insufficient_quota" }), "misconfigured"],
    [{ status: 307, headers: { location: "http://127.0.0.1:9/" } }, "misconfigured"],
    [refusal(429), "busy"],
    [refusal(400, { message: "flagged", code: "content_policy_violation" }), "refused"],
    [refusal(403, { message: "Your input was flagged for violence" }), "refused"],
    [refusal(400), "refused"],
    [refusal(413), "refused"],
  ])("an answer such as %j is told as %s, and not asked for again", async (answer, expected) => {
    stub.refuse(answer);
    expect((await failure()).failure).toBe(expected);
    expect(stub.requests).toHaveLength(1);
  });

  test("a server's own fault is tried once more, and no more often", async () => {
    stub.refuse(refusal(500));
    expect(await whole(assistantAt(stub, QUICK))).toBe("Hello.");
    stub.refuse(refusal(503));
    stub.refuse(refusal(503));
    expect((await failure()).failure).toBe("away");
    expect(stub.requests).toHaveLength(4);
  });

  test("a connection that is cut in mid-stream fails after what came, and is not begun anew", async () => {
    const read = Promise.withResolvers<void>();
    stub.next("It ", read.promise, "cut!");
    const pieces = assistantAt(stub, QUICK).reply(request())[Symbol.asyncIterator]();
    expect(await pieces.next()).toMatchObject({ value: "It " });
    read.resolve();
    await expect(pieces.next()).rejects.toMatchObject({ failure: "away" });
    expect(stub.requests).toHaveLength(1);
  });

  test.each([
    [[{ chunk: { error: { message: "Overloaded", code: "rate_limit_exceeded" } } }], "busy"],
    [[{ chunk: { error: { message: "boom", type: "server_error" } } }], "away"],
    [["I will ", { finish: "content_filter" }], "refused"],
    [[{ finish: "length" }], "misconfigured"],
    [[], "away"],
  ] as const)("a stream such as %j ends in %s", async (lines, expected) => {
    stub.next(...lines);
    expect((await failure()).failure).toBe(expected);
  });

  test.each([[["silence!"]], [["It ", "silence!"]]] as const)("silence, as in %j, is away", async (lines) => {
    stub.next(...lines);
    expect((await failure(assistantAt(stub, IMPATIENT))).failure).toBe("away");
    await stub.until(() => stub.abandoned === 1);
  });

  test("nobody there is away", async () => {
    const nobody = createAssistant(
      { baseUrl: "http://127.0.0.1:9/v1", model: "m", apiKey: undefined },
      IMPATIENT,
    );
    expect((await failure(nobody)).failure).toBe("away");
  });

  test("the error carries neither the key nor what the person wrote, and nothing is printed", async () => {
    const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
    const leaky = { message: "Wrong key sk-secret for Why does it drip?", code: "invalid_request" };
    for (const status of [400, 401]) {
      stub.refuse(refusal(status, leaky));
      const error = await failure();
      const told = JSON.stringify([error.message, String(error.cause), error.cause]);
      expect(told).not.toContain("sk-secret");
      if (status === 400) expect(told).not.toContain("drip");
    }
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
