import { afterAll, beforeAll } from "vitest";

// Timers and pipes belong to the runner; these are opened by tests and by the code under test.
const COUNTED = new Set(["TCPSocketWrap", "TCPServerWrap", "ProcessWrap", "FSEventWrap"]);
const PATIENCE_MS = 3000;
let before: string[] = [];

beforeAll(() => {
  before = openHandles();
});

// Registered first, so it runs after every afterAll of the test file itself.
afterAll(async () => {
  const until = Date.now() + PATIENCE_MS;
  while (leaked().length > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const left = leaked();
  if (left.length > 0)
    throw new Error(`this file leaves handles open: ${left.join(", ")}; close them in afterAll`);
});

function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((name) => COUNTED.has(name));
}

function leaked(): string[] {
  const known = [...before];
  return openHandles().filter((name) => {
    const at = known.indexOf(name);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}
