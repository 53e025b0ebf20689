import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { HELP, readFlags } from "./read-flags.ts";

const log = () => {};
const read = (...args: string[]) => readFlags(args, log);
const settingsOf = (...settings: string[]) => {
  const options = read(...settings.flatMap((one) => ["--setting", one]));
  if (typeof options === "string" || "problem" in options) throw new Error(JSON.stringify(options));
  return options.settings;
};

describe("the flags of the command", () => {
  it("all have their place in the options", () => {
    const flags =
      "--port 0 --host ::1 --forward-to http://a/ --forward-to https://b/x --webhook-secret whsec_1";
    const more =
      "--api-version 2024-06-20 --secret-key sk_test_1 --data f.jsonl --retry live --seed 7 --quiet";
    expect(read(...`${flags} ${more} --setting draftSeconds=0`.split(" "))).toEqual({
      port: 0,
      host: "::1",
      forwardTo: ["http://a/", "https://b/x"],
      webhookSecret: "whsec_1",
      forwardApiVersion: "2024-06-20",
      secretKey: "sk_test_1",
      dataFile: "f.jsonl",
      retryProfile: "live",
      seed: 7,
      settings: { draftSeconds: 0 },
    });
    expect(read()).toEqual({ port: 4010, settings: {}, log });
    expect(read("-h", "--port", "x")).toBe("help");
  });

  it("are all explained, and every setting can be given", () => {
    for (const flag of [
      "port",
      "host",
      "forward-to",
      "webhook-secret",
      "secret-key",
      "data",
      "seed",
      "retry",
    ])
      expect(HELP).toContain(`--${flag} `);
    for (const flag of ["quiet", "setting", "api-version", "help"]) expect(HELP).toContain(`--${flag} `);
    const refused = read("--setting", "nothing");
    expect(refused).toEqual({ problem: expect.stringContaining('There is no setting "nothing"') });
    for (const name of Object.keys(DEFAULT_SETTINGS)) expect(JSON.stringify(refused)).toContain(name);
  });

  it.each([
    ["--port", "65536", "--port must be a number from 0 to 65535"],
    ["--port", "-1", "--port"],
    ["--seed", "1.5", "--seed must be a whole number"],
    ["--seed", "99999999999999999999", "--seed must be a whole number"],
    ["--forward-to", "http://", "--forward-to must be an http(s) address"],
    ["--forward-to", "ftp://a/", "--forward-to must be an http(s) address"],
    ["--api-version", "2025-01-01", "--api-version must be a version of Stripe's API"],
    ["--data", "", "--data must be a file"],
    ["--host", "", "--host must not be empty"],
    ["--setting", "draftSeconds", "--setting draftSeconds=… takes a number"],
    ["--setting", "draftSeconds=soon", "takes a number"],
    ["--setting", "disputeCancels=yes", "takes true or false"],
    ["--setting", "afterLastRetry=forgive", "takes cancel or unpaid or past_due or pause"],
    ["--setting", "eventsKept=9,1", "takes two numbers"],
    ["--setting", "eventsKept=1,2,3", "takes two numbers"],
    ["--setting", "retryDays=1,,2", "takes numbers with commas"],
    ["--port", "0x10", "--port must be a number"],
    ["--webhook-secret", "hidden", "--webhook-secret must begin with whsec_."],
    ["--setting", "accountVersion=tomorrow", "takes a version"],
    ["--setting", "__proto__=1", "no setting"],
  ])("%s %s is refused in a sentence", (flag, value, sentence) => {
    expect(read(flag, value)).toEqual({ problem: expect.stringContaining(sentence) });
  });

  it("refuse what they do not know", () => {
    expect(read("--prot", "1")).toEqual({ problem: expect.stringContaining("--prot") });
    expect(read("4010")).toEqual({ problem: expect.stringContaining("4010") });
    expect(read("--seed")).toEqual({ problem: "Option '--seed <value>' argument missing." });
  });
});

describe("a setting", () => {
  it("is read as what it is", () => {
    expect(
      settingsOf(
        "trialPaymentStatus=paid",
        "invoicePaymentDelay=0,0",
        "retryDays=1,2.5",
        "upcomingDays=7",
        "strictTestClocks=true",
        "processingFee=1.5,180",
        "accountVersion=2020-08-27",
      ),
    ).toEqual({
      trialPaymentStatus: "paid",
      invoicePaymentDelay: [0, 0],
      retryDays: [1, 2.5],
      upcomingDays: 7,
      strictTestClocks: true,
      processingFee: { percent: 1.5, fixed: 180 },
      accountVersion: "2020-08-27",
    });
    expect(settingsOf("upcomingDays=none", "draftSeconds=1", "draftSeconds=2")).toEqual({
      upcomingDays: null,
      draftSeconds: 2,
    });
  });
});
