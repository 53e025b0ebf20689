import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { variablesOf } from "../checks/environment-table.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const known = variablesOf(ROOT);
const stages = readDockerfile(read("Dockerfile"));
const all = stages.flatMap((stage) => stage.instructions);
const last = stages.at(-1)?.instructions ?? [];
const saysOf = (word: string): string => last.find((one) => one.word === word)?.rest ?? "";

interface Manifest {
  readonly packageManager?: string;
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest => JSON.parse(read(join(folder, "package.json"))) as Manifest;

test("the image has the Node and the pnpm of package.json", () => {
  const { packageManager, devDependencies } = manifestOf(".");
  const bases = stages.map(({ from }) => from).filter((from) => from !== "manifests");
  expect(new Set(bases)).toEqual(new Set([`node:${devDependencies?.["node"]}-slim`]));
  const named = [...read("Dockerfile").matchAll(/pnpm@[\d.]+/g)].map(String);
  expect(new Set(named)).toEqual(new Set([packageManager]));
});

test("every package of the workspace is told to the install, so that a new one is not forgotten", () => {
  const folders = globSync("{apps,packages}/*/package.json", { cwd: ROOT }).map((path) => dirname(path));
  for (const folder of folders)
    expect(all).toContainEqual({ word: "COPY", rest: `${folder}/package.json ${folder}/` });
});

test("it runs the server as an ordinary user, says how it is, and is stopped as the server expects", () => {
  expect(saysOf("USER")).toBe("node");
  expect(saysOf("STOPSIGNAL")).toBe("SIGTERM");
  expect(saysOf("HEALTHCHECK")).toContain("/healthz");
  const command = JSON.parse(saysOf("CMD")) as string[];
  expect(command[0]).toBe("node");
  expect(existsSync(join(ROOT, command[1] ?? ""))).toBe(true);
});

test("it brings no secret and no setting but where it listens and keeps files", () => {
  const set = all.filter((one) => one.word === "ENV" || one.word === "ARG").map((one) => one.rest);
  expect(set).toEqual(["NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data"]);
  const ignored = read(".dockerignore").split("\n");
  expect(ignored).toEqual(expect.arrayContaining([".env", ".data", ".git", "**/node_modules"]));
});

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      { environment?: Record<string, string>; env_file?: string; volumes: string[]; ports?: string[] }
    >
  >;
  readonly volumes: Readonly<Record<string, null>>;
}
const compose = parse(read("compose.yaml")) as Compose;

test("compose gives the server variables that it reads, and keeps what must last on volumes", () => {
  const { app, db } = compose.services;
  for (const name of Object.keys(app?.environment ?? {})) expect(known).toContain(name);
  const mounted = [app, db].flatMap((one) => one?.volumes ?? []).map((one) => one.split(":")[0]);
  expect(mounted.sort()).toEqual(Object.keys(compose.volumes).sort());
  expect(app?.volumes).toEqual([expect.stringContaining(`:${/DATA_DIR=(\S+)/.exec(saysOf("ENV"))?.[1]}`)]);
  // Reached through a proxy on the same machine only.
  expect(app?.ports?.every((one) => one.startsWith("127.0.0.1:"))).toBe(true);
});

test("env.example names only variables that something reads, all that a live server requires, and no values of secrets", () => {
  const lines = read("env.example")
    .split("\n")
    .filter((line) => /^[A-Z]/.test(line));
  const given = new Map(lines.map((line) => line.split("=") as [string, string]));
  const asked = [...read("compose.yaml").matchAll(/\$\{(\w+)/g)].map(([, name = ""]) => name);
  for (const name of given.keys()) expect([...known, ...asked]).toContain(name);
  for (const name of asked) expect([...given.keys()]).toContain(name);
  const required = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "AUTH_SECRET", "APP_URL", "METRICS_TOKEN"];
  const live = [...known].filter((name) => /^(SELLER|AI)_/.test(name));
  expect([...given.keys()]).toEqual(expect.arrayContaining([...required, ...live]));
  for (const [name, value] of given) if (/SECRET|PASSWORD|TOKEN|KEY/.test(name)) expect(value).toBe("");
});
