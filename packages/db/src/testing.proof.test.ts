import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

test("a cluster whose run is killed vanishes with its folder", async () => {
  const module = fileURLToPath(new URL("./test-cluster.ts", import.meta.url));
  const script = `import { startTestCluster } from ${JSON.stringify(module)};
    const { folder } = await startTestCluster();
    process.stdout.write(folder); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const folder = chunk.toString();
  expect(existsSync(folder)).toBe(true);
  child.kill("SIGKILL");
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 5000);
});
