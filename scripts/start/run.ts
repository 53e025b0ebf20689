import { fileURLToPath } from "node:url";
import { banner } from "./banner.ts";
import { launch } from "./launch.ts";
import { readSettings } from "./settings.ts";
import { onStopRequest } from "./stop-requests.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FORCED_MS = 3000;
const KNOWN = ["StartError", "EmbeddedPostgresError", "DatabaseUnusableError"];

/** `npm start` and `npm run dev`: runs until asked to stop or until a part ends by itself. Returns the exit code. */
export async function run(args: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const printError = (line: string) => void process.stderr.write(`${line}\n`);
  // Nobody reads any more, as after `npm start | head`: no reason to fall over.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

  const stop = new AbortController();
  const hurry = new AbortController();
  onStopRequest((times) => {
    if (times === 1) {
      print("\nStopping (again to force it) …");
      stop.abort();
      return;
    }
    hurry.abort();
    setTimeout(() => process.exit(1), FORCED_MS).unref();
  });
  const stopped = new Promise<null>((resolve) => stop.signal.addEventListener("abort", () => resolve(null)));
  const crashed = new Promise<string>((resolve) =>
    process.on("uncaughtException", (error) => resolve(`The launcher failed: ${error.stack}`)),
  );

  try {
    const settings = readSettings(process.env, ROOT, args.includes("--dev"));
    const options = { root: ROOT, settings, print, printError, stop: stop.signal, hurry: hurry.signal };
    const running = await launch(options);
    print(
      banner({
        settings,
        root: ROOT,
        emulatorUrl: running.emulatorUrl,
        colours: process.stdout.isTTY === true,
      }),
    );
    const failure = await Promise.race([running.failed, crashed, stopped]);
    if (failure) printError(failure);
    await running.stop();
    return failure ? 1 : 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    const { name, message, stack } = error as Error;
    if (message) printError(KNOWN.includes(name) ? message : `LiveAssist cannot start: ${stack}`);
    return 1;
  }
}
