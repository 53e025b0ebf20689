import { describe, expect, it } from "vitest";
import { type EmulatorOptions, startEmulator } from "../index.ts";

describe("the options of a start", () => {
  it.each([
    [{ port: 65_536 }, "port must be a number from 0 to 65535"],
    [{ port: "4010" }, "port must be"],
    [{ host: "" }, "host must not be empty"],
    [{ seed: -1 }, "seed must be a whole number"],
    [{ forwardTo: ["http://a/", "shop"] }, "forwardTo must be an http(s) address"],
    [{ forwardApiVersion: "2025-01-01" }, "forwardApiVersion must be a version"],
    [{ webhookSecret: "" }, "webhookSecret must not be empty"],
    [{ retryProfile: "never" }, "retryProfile must be fast, test or live"],
    [{ deliveryTimeoutMs: Number.NaN }, "deliveryTimeoutMs must be milliseconds"],
    [{ dataFile: 7 }, "dataFile must be a file"],
    [{ foward: "http://a/" }, "foward must be one of port, host"],
    [{ settings: { draftSecond: 3 } }, 'There is no setting "draftSecond"; there are trialPaymentStatus'],
    [{ settings: { draftSeconds: -1 } }, "draftSeconds takes a number"],
    [{ settings: { draftSeconds: undefined } }, "draftSeconds takes a number"],
    [{ settings: { eventsKept: [9, 1] } }, "eventsKept takes two numbers"],
    [{ settings: { afterLastRetry: "forgive" } }, "afterLastRetry takes cancel or unpaid"],
    [{ settings: { retryDays: [3, "soon"] } }, "retryDays takes numbers"],
  ])("%j is refused", async (options, sentence) => {
    const refused = await startEmulator(options as EmulatorOptions).then(
      async (emulator) => void (await emulator.close()),
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(RangeError);
    expect(String(refused)).toContain(sentence);
  });

  it("that are left open, and settings of every kind, are taken", async () => {
    const settings = {
      retryDays: [],
      upcomingDays: null,
      processingFee: { percent: 1.5, fixed: 180 },
      disputeCancels: true,
      eventsKept: [0, 5],
    } as const;
    const emulator = await startEmulator({ forwardTo: [], settings });
    await emulator.close();
  });
});
