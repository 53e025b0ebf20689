import { chmodSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plantRepository } from "./plant-repository.ts";
import { type CommandOutcome, runCommand } from "./run-command.ts";

const script = join(import.meta.dirname, "../../.ci/run");

/** Runs .ci/run in a planted folder where `npm test` and `npm run proof` are shell lines of the test. */
async function runCi(lines: { test: string; proof: string }): Promise<CommandOutcome> {
  const shell = (body: string): string => `#!/bin/sh\n${body}\n`;
  const root = plantRepository({
    "bin/npx": shell("exit 0"),
    "bin/apt-get": shell("exit 1"),
    "bin/npm": shell(`case "$*" in\ntest) ${lines.test} ;;\n"run proof") ${lines.proof} ;;\nesac`),
    "node_modules/.bin/node": shell("exit 0"),
  });
  for (const name of ["bin/npx", "bin/apt-get", "bin/npm", "node_modules/.bin/node"])
    chmodSync(join(root, name), 0o755);
  mkdirSync(join(root, ".ci"));
  cpSync(script, join(root, ".ci/run"));
  const environment = { PATH: `${join(root, "bin")}:${process.env.PATH}`, HOME: "" };
  return runCommand("bash", [join(root, ".ci/run")], { cwd: root, limitSeconds: 20, environment });
}

const lastLine = ({ output }: CommandOutcome): string => output.trimEnd().split("\n").at(-1) ?? "";

describe.skipIf(process.platform === "win32")(".ci/run", () => {
  test("adds both commands up and succeeds, also with an empty HOME", async () => {
    const outcome = await runCi({
      test: "echo '12 passed, 0 failed, 1 skipped'",
      proof: "echo '3 passed, 0 failed'",
    });
    expect(lastLine(outcome)).toBe("15 passed, 0 failed, 1 skipped");
    expect(outcome.code).toBe(0);
  });

  test("fails when anything failed", async () => {
    const outcome = await runCi({
      test: "echo '12 passed, 2 failed'; exit 1",
      proof: "echo '3 passed, 0 failed'",
    });
    expect(lastLine(outcome)).toBe("15 passed, 2 failed");
    expect(outcome.code).toBe(1);
  });

  test("counts a command that printed no total as failed", async () => {
    const outcome = await runCi({
      test: "echo '12 passed, 0 failed'",
      proof: "echo 'Segmentation fault'; exit 139",
    });
    expect(lastLine(outcome)).toBe("12 passed, 1 failed");
    expect(outcome.code).toBe(1);
  });

  test("counts a command that ended badly after a fine total as failed", async () => {
    const outcome = await runCi({
      test: "echo '12 passed, 0 failed'; exit 7",
      proof: "echo '3 passed, 0 failed'",
    });
    expect(lastLine(outcome)).toBe("15 passed, 1 failed");
    expect(outcome.code).toBe(1);
  });

  test("finds the total among output that is not text", async () => {
    const outcome = await runCi({
      test: "printf 'a\\000b\\n2 passed, 0 failed\\n'",
      proof: "echo '1 passed, 0 failed'",
    });
    expect(lastLine(outcome)).toBe("3 passed, 0 failed");
  });

  test("is no success when nothing ran", async () => {
    const outcome = await runCi({ test: "echo '0 passed, 0 failed'", proof: "echo '0 passed, 0 failed'" });
    expect(outcome.code).toBe(1);
  });
});
