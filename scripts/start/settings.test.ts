import { expect, test } from "vitest";
import { reachableHost, readSettings } from "./settings.ts";

const read = (environment: NodeJS.ProcessEnv) => readSettings(environment, "/project", false);

test("with nothing set, everything is ours and on port 3000", () => {
  expect(read({})).toMatchObject({
    port: 3000,
    appUrl: "http://localhost:3000",
    dataDir: "/project/.data",
    databaseUrl: undefined,
    emulator: true,
  });
});

test("an empty variable counts as absent", () => {
  expect(read({ DATABASE_URL: "", STRIPE_SECRET_KEY: "", PORT: "" })).toMatchObject({
    port: 3000,
    emulator: true,
  });
});

test("a Stripe key of the user's own keeps the emulator away", () => {
  expect(read({ STRIPE_SECRET_KEY: "sk_test_1" }).emulator).toBe(false);
});

test.each([
  [{ PORT: "abc" }, /PORT is "abc"/],
  [{ PORT: "70000" }, /from 1 to 65535/],
  [{ STRIPE_API_BASE: "http://127.0.0.1:1" }, /STRIPE_API_BASE is set without STRIPE_SECRET_KEY/],
  [{ STRIPE_SECRET_KEY: "sk_live_1" }, /live Stripe key needs a database of your own: set DATABASE_URL/],
])("%j is refused in one line", (environment, message) => {
  expect(() => read(environment)).toThrow(message);
});

test("the server is reached on loopback unless it listens on one address only", () => {
  expect(reachableHost(undefined)).toBe("127.0.0.1");
  expect(reachableHost("0.0.0.0")).toBe("127.0.0.1");
  expect(reachableHost("192.168.1.5")).toBe("192.168.1.5");
  expect(reachableHost("::1")).toBe("[::1]");
});
