import { expect, it } from "vitest";
import { deviceIn } from "./device-name.ts";

it("names the browser and the system a login comes from", () => {
  const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1";
  const windows = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0";
  expect(deviceIn(iphone)).toEqual({ browser: "Safari", system: "iPhone" });
  expect(deviceIn(windows)).toEqual({ browser: "Edge", system: "Windows" });
});

it("does not guess", () => {
  expect(deviceIn("curl/8.0")).toBeNull();
  expect(deviceIn(null)).toBeNull();
});
