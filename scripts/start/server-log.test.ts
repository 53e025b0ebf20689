import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isErrorLine, openServerLog, readableLogLine } from "./server-log.ts";
import { temporaryFolder } from "./test/temporary-folder.ts";

test("a JSON line becomes one a person reads", () => {
  const time = new Date(2026, 10, 21, 9, 5, 7).toISOString();
  const line = JSON.stringify({
    level: "warn",
    time,
    userId: "u1",
    ms: 12,
    err: { message: "cut" },
    msg: "slow sync",
  });
  expect(readableLogLine(line)).toBe("09:05:07 warn  slow sync (cut) userId=u1 ms=12");
});

test("anything else is left as it is", () => {
  expect(readableLogLine("plain")).toBe("plain");
  expect(readableLogLine("{half")).toBe("{half");
  expect(isErrorLine("plain")).toBe(false);
  expect(isErrorLine('{"level":"error"}')).toBe(true);
});

test("each start begins a new file and keeps the last three", async () => {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  await mkdir(join(path, "logs"));
  for (const run of ["one", "two", "three", "four", "five"]) {
    const log = openServerLog(path);
    log.write(run);
    log.close();
  }
  const file = join(path, "logs", "server.log");
  expect(readFileSync(file, "utf8")).toBe("five\n");
  expect(readFileSync(`${file}.3`, "utf8")).toBe("two\n");
  expect(existsSync(`${file}.4`)).toBe(false);
});
