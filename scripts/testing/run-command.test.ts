import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const options = { cwd: ".", limitSeconds: 30 };

test("output of both streams and the exit code are kept", async () => {
  const script = 'console.log("out"); console.error("err"); process.exitCode = 3;';
  const { code, output } = await runCommand(process.execPath, ["-e", script], options);
  expect(code).toBe(3);
  expect(output).toContain("out\n");
  expect(output).toContain("err\n");
});

test("a command that takes too long is killed with its children, and that is no success", async () => {
  const script =
    'require("node:child_process").spawnSync(process.execPath, ["-e", "setInterval(() => {}, 1000)"])';
  const { code, output } = await runCommand(process.execPath, ["-e", script], {
    ...options,
    limitSeconds: 0.5,
  });
  expect(code).toBeNull();
  expect(output).toContain("killed: not done after 0.5 s");
});

test("a command that does not exist is no success", async () => {
  expect((await runCommand("no-such-command", [], options)).code).not.toBe(0);
});

test.skipIf(process.platform === "win32")(
  "whoever stops the runner stops the command and the runner",
  async () => {
    const file = join(import.meta.dirname, "run-command.ts");
    const long = '["-e", "console.log(process.pid); setInterval(() => {}, 1000)"]';
    const script = `import { runCommand } from ${JSON.stringify(file)};
    const done = runCommand(process.execPath, ${long}, { cwd: ".", limitSeconds: 30 });
    console.log("started"); await done; console.log("went on");`;
    const runner = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    runner.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("started")) runner.kill("SIGTERM");
    });
    const [code, signal] = await once(runner, "exit");
    expect({ code, signal, said }).toEqual({ code: null, signal: "SIGTERM", said: "started\n" });
  },
);
