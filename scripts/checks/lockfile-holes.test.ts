import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { checkLockfileHoles } from "./lockfile-holes.ts";

const store = "node_modules/.pnpm/@swift+tool@1.2.0_peer@1/node_modules/@swift/tool/package.json";
const manifest = JSON.stringify({
  name: "@swift/tool",
  version: "1.2.0",
  optionalDependencies: { "@swift/darwin-arm64": "1.2.0", "swift-linux": "1.2.0" },
});

function lockfile(...optional: string[]): string {
  const entries = optional.map((name) => `      ${name}: 1.2.0`).join("\n");
  return `lockfileVersion: '9.0'

packages:

  '@swift/tool@1.2.0':
    engines: {node: '>=20'}

snapshots:

  '@swift/tool@1.2.0(peer@1.0.0)':
    dependencies:
      swift-other: 1.2.0
    optionalDependencies:
${entries}

  other@1.0.0: {}
`;
}

test("a binary that the lockfile left out is a problem that names it", async () => {
  const root = plantRepository({ "pnpm-lock.yaml": lockfile("swift-linux"), [store]: manifest });
  expect((await checkLockfileHoles(root)).problems).toEqual([
    "pnpm-lock.yaml: @swift/tool@1.2.0 lacks @swift/darwin-arm64; choose a version whose binaries all exist",
  ]);
});

test("a lockfile with every declared binary is whole", async () => {
  const root = plantRepository({
    "pnpm-lock.yaml": lockfile("'@swift/darwin-arm64'", "swift-linux"),
    [store]: manifest,
  });
  expect((await checkLockfileHoles(root)).problems).toEqual([]);
});

test("comparing nothing is a failure, not a success", async () => {
  const root = plantRepository({ "pnpm-lock.yaml": lockfile("swift-linux") });
  expect((await checkLockfileHoles(root)).problems).toHaveLength(1);
});
