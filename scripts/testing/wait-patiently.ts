import { vi } from "vitest";
import { PATIENCE_MS } from "./patience.ts";

// Of expect.poll the configuration says it; this has no setting of its own.
const { waitFor } = vi;
vi.waitFor = (condition, options = {}) =>
  waitFor(
    condition,
    typeof options === "number" ? options : { ...options, timeout: options.timeout ?? PATIENCE_MS },
  );
