import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keep, ownerOf, readKept, takeDataFolder } from "./data-folder.ts";
import { temporaryFolder } from "./test/temporary-folder.ts";

function folder(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return join(path, "data");
}

test("a second copy on the same folder is refused, until the first gives it back", () => {
  const dataDir = folder();
  const giveBack = takeDataFolder(dataDir);
  expect(() => takeDataFolder(dataDir)).toThrow(
    `LiveAssist already runs on ${dataDir} (process ${process.pid})`,
  );
  giveBack();
  expect(ownerOf(dataDir)).toBeNull();
  takeDataFolder(dataDir)();
  expect(readdirSync(dataDir)).toEqual(["logs", "mail"]);
});

test("the lock of a killed copy is taken over", async () => {
  const dataDir = folder();
  takeDataFolder(dataDir)();
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "exit");
  writeFileSync(join(dataDir, "launcher.lock"), JSON.stringify({ pid: gone.pid, startedAt: "boot:1" }));
  takeDataFolder(dataDir);
  expect(ownerOf(dataDir)?.pid).toBe(process.pid);
});

test("a lock whose number now belongs to a stranger, or that was never written out, is taken over", () => {
  const dataDir = folder();
  takeDataFolder(dataDir)();
  writeFileSync(
    join(dataDir, "launcher.lock"),
    JSON.stringify({ pid: process.pid, startedAt: "an earlier boot:1" }),
  );
  takeDataFolder(dataDir)();
  writeFileSync(join(dataDir, "launcher.lock"), "");
  takeDataFolder(dataDir)();
  expect(existsSync(join(dataDir, "launcher.lock"))).toBe(false);
});

test("what is kept is made once, for its owner only", () => {
  const dataDir = folder();
  takeDataFolder(dataDir)();
  expect(readKept(dataDir, "secret")).toBeNull();
  expect(keep(dataDir, "secret", () => "first")).toBe("first");
  expect(keep(dataDir, "secret", () => "second")).toBe("first");
  expect(statSync(join(dataDir, "secret")).mode & 0o777).toBe(0o600);
});
