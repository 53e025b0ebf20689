import { describe, expect, it } from "vitest";
import { RateLimit } from "./rate-limit.ts";

describe("a rate limit", () => {
  it("lets through so many calls a second, altogether and of each endpoint", () => {
    const rates = new RateLimit({ requestsPerSecond: 4, requestsPerSecondOfEndpoint: 2 });
    for (const endpoint of ["a", "a", "b"]) rates.count(endpoint, 1000);
    expect(() => rates.count("a", 1500)).toThrow("rate limit");
    expect(() => rates.count("c", 1999)).toThrow("rate limit"); // the fifth altogether
    expect(() => rates.count("a", 2000)).not.toThrow();
  });

  it("is none at 0", () => {
    const rates = new RateLimit({ requestsPerSecond: 0, requestsPerSecondOfEndpoint: 0 });
    for (let call = 0; call < 1000; call += 1) rates.count("a", 0);
  });
});
