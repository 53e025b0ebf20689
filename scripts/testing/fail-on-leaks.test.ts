import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantRepository } from "./plant-repository.ts";
import { runCommand } from "./run-command.ts";

const root = join(import.meta.dirname, "../..");

async function runPlanted(body: string): Promise<{ code: number | null; output: string }> {
  const planted = plantRepository({
    "a.test.ts": `import { createServer } from "node:net";\nimport { test } from "vitest";\n${body}`,
    "vitest.config.ts": `export default { test: { setupFiles: ["${join(import.meta.dirname, "fail-on-leaks.ts")}"] } };`,
  });
  symlinkSync(join(root, "node_modules"), join(planted, "node_modules"), "junction");
  const vitest = join(root, "node_modules/.bin/vitest");
  return runCommand(vitest, ["run"], { cwd: planted, limitSeconds: 30, environment: { NO_COLOR: "1" } });
}

test("a test file that leaves a server listening fails and says what is open", async () => {
  const { code, output } = await runPlanted('test("a", () => { createServer().listen(0); });');
  expect(output).toContain("leaves handles open: TCPServerWrap");
  expect(code).toBe(1);
});

test("one that closes it passes", async () => {
  const { code } = await runPlanted(
    'test("a", async () => { await using server = createServer().listen(0); server.address(); });',
  );
  expect(code).toBe(0);
});
