import { afterEach, expect, test, vi } from "vitest";
import { NO_BROWSER } from "../browser/find-browser.ts";
import { plantRepository } from "./plant-repository.ts";
import { runBrowserSuite } from "./run-browser-suite.ts";

const nothing = async (): Promise<null> => null;
const files = { "apps/web/test/browser/a.test.ts": "", "apps/web/test/browser/b.test.ts": "" };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("without any browser the tests are skipped, and that is said loudly", async () => {
  vi.stubEnv("CI", undefined);
  const said = vi.spyOn(console, "error").mockReturnValue();
  expect(await runBrowserSuite(plantRepository(files), 60, nothing)).toMatchObject({ failed: 0, skipped: 2 });
  expect(said.mock.calls.join("\n")).toContain(NO_BROWSER);
});

test("in CI that is a failure", async () => {
  vi.stubEnv("CI", "true");
  vi.spyOn(console, "error").mockReturnValue();
  expect(await runBrowserSuite(plantRepository(files), 60, nothing)).toMatchObject({ failed: 1, skipped: 0 });
});

test("a browser that cannot be unpacked counts as none, with its reason", async () => {
  vi.stubEnv("CI", "true");
  const said = vi.spyOn(console, "error").mockReturnValue();
  const broken = () => Promise.reject(new Error("disk full"));
  expect(await runBrowserSuite(plantRepository(files), 60, broken)).toMatchObject({ failed: 1 });
  expect(said.mock.calls.join("\n")).toContain("disk full");
});
