import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stopChild } from "./server-process.ts";
import { StartError } from "./start-error.ts";
import { viteProgram } from "./web-build.ts";

/** Where the pages are served with hot reload, and which server gets the calls that are no pages. */
export type DevServerOptions = { root: string; port: number; host: string | undefined; server: string };

/**
 * Serves the web with hot reload and passes API, WebSocket and documents on to the server, all at one address.
 * Ends in StartError when Vite does not come up. It goes when its input ends, so it never outlives us.
 */
export async function startWebDevServer(
  options: DevServerOptions,
): Promise<{ exited: Promise<void>; stop(): Promise<void> }> {
  const cwd = join(options.root, "apps", "web");
  // Vite listens for the end of its input, except where CI is set.
  const { CI: _, ...environment } = process.env;
  const host = options.host ?? "127.0.0.1";
  const args = ["--port", String(options.port), "--strictPort", "--host", host, "--clearScreen", "false"];
  const child = spawn(process.execPath, [viteProgram(options.root), ...args], {
    cwd,
    detached: true,
    env: { ...environment, LIVEASSIST_SERVER: options.server, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.includes("ready in")) resolve();
      else if (/hmr|reload|error/i.test(line)) process.stdout.write(`${line}\n`);
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      said += `${line} `;
      process.stderr.write(`${line}\n`);
    });
    void exited.then(() =>
      reject(new StartError(`The web's development server does not start. ${said.trim()}`)),
    );
  });
  return { exited, stop: () => stopChild(child, 3000) };
}
