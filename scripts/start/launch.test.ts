import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../../packages/db/src/embedded.ts";
import { launch } from "./launch.ts";
import { readSettings } from "./settings.ts";
import { temporaryFolder } from "./test/temporary-folder.ts";

const serverEntry = fileURLToPath(new URL("./test/stand-in-server.ts", import.meta.url));

/** A launch around a stand-in server: a database that is never asked, a Stripe that is never called. */
async function prepare(how: string) {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  const port = await freePort();
  const environment = {
    PORT: String(port),
    DATA_DIR: path,
    DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
    STRIPE_SECRET_KEY: "sk_test_none",
    STAND_IN: how,
  };
  const [stop, hurry] = [new AbortController(), new AbortController()];
  const printed: string[] = [];
  const [print, printError] = [
    (line: string) => void printed.push(line),
    (line: string) => void printed.push(line),
  ];
  const settings = readSettings({ ...process.env, ...environment }, path, false);
  const options = {
    root: path,
    settings,
    print,
    printError,
    stop: stop.signal,
    hurry: hurry.signal,
    serverEntry,
  };
  return {
    port,
    options,
    printed,
    stop,
    hurry,
    ask: (way: string) => fetch(`http://127.0.0.1:${port}${way}`),
  };
}

test("serves until it is stopped, and tells on the terminal what the log says", async () => {
  const { options, printed, ask } = await prepare("serve");
  const running = await launch(options);
  expect((await ask("/hello")).status).toBe(200);
  await vi.waitFor(() => expect(printed.at(-1)).toMatch(/^\d\d:\d\d:\d\d info {2}asked url=\/hello$/));
  await running.stop();
  await expect(ask("/hello")).rejects.toThrow(/fetch failed/);
});

test("a server that ends by itself is told of in one line", async () => {
  const { options, ask } = await prepare("serve");
  const running = await launch(options);
  await ask("/die").catch(() => {});
  expect(await running.failed).toBe("The server ended with code 7; everything else is stopped too.");
  await running.stop();
});

test("a server that refuses its settings has the only word", async () => {
  const { options, printed } = await prepare("refuse");
  await expect(launch(options)).rejects.toMatchObject({ name: "StartError", message: "" });
  expect(printed.filter((line) => !line.startsWith("Starting"))).toEqual(["TRIAL_DAYS is not valid."]);
});

test("a server that ends without a word is spoken for", async () => {
  const { options } = await prepare("vanish");
  await expect(launch(options)).rejects.toThrow("The server does not start: it ended with code 3.");
});

test("a stop that the server does not heed can be forced", async () => {
  const { options, hurry } = await prepare("deaf");
  const running = await launch(options);
  const asked = performance.now();
  const stopped = running.stop();
  hurry.abort();
  await stopped;
  expect(performance.now() - asked).toBeLessThan(5000);
});

test("asked to stop while it starts, it starts nothing more and leaves nothing", async () => {
  const { options, stop } = await prepare("serve");
  stop.abort();
  await expect(launch(options)).rejects.toThrow();
  const again = { ...options, stop: new AbortController().signal };
  await (await launch(again)).stop();
});

test("a taken port is named, with the way to choose another", async () => {
  const { options, port } = await prepare("serve");
  const other = createServer().listen(port, "127.0.0.1");
  await expect(launch(options)).rejects.toThrow(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start.`,
  );
  await new Promise((resolve) => other.close(resolve));
});
