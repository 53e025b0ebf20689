import { join } from "node:path";
import { openServerLog, readableLogLine } from "./server-log.ts";
import { type ServerExit, type ServerProcess, startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { watchServerSources } from "./source-watch.ts";
import { StartError } from "./start-error.ts";

/** What to run and where to tell of it; `watch` starts it anew when its sources change. */
export type RunServerOptions = {
  root: string;
  settings: Settings;
  print: (line: string) => void;
  printError: (line: string) => void;
  hurry: AbortSignal;
  environment: NodeJS.ProcessEnv;
  watch: boolean;
  serverEntry?: string;
};

/** A server that is kept running. `failed` settles with one line when it ends by itself, never while `watch`. */
export type RunningServer = {
  ready: Promise<void>;
  failed: Promise<string>;
  stop(): Promise<void>;
};

/** Runs the server with its log in the data folder and, readable, on the terminal. `ready` ends in StartError. */
export function runServer(options: RunServerOptions): RunningServer {
  const { root, settings, print, printError, watch } = options;
  const log = openServerLog(settings.dataDir);
  const start = () => {
    const server = startServer({
      entry: options.serverEntry ?? join(root, "apps", "server", "src", "main.ts"),
      environment: options.environment,
      onLog: (line) => {
        log.write(line);
        print(readableLogLine(line));
      },
      onError: (line) => {
        log.write(line);
        printError(line);
      },
    });
    void server.exited.then((exit) => {
      if (watch && server === current && !replacing)
        printError(`The server ${howItEnded(exit)}; waiting for a change.`);
    });
    return server;
  };

  let replacing = false;
  let current: ServerProcess = start();
  options.hurry.addEventListener("abort", () => current.kill());
  let stopping = false;
  const ready = current.ready.then((outcome) => {
    if (outcome === "listening") return;
    throw new StartError(outcome.saidWhy ? "" : `The server does not start: it ${howItEnded(outcome)}.`);
  });
  const failed = watch
    ? new Promise<string>(() => {})
    : current.exited.then((exit) => `The server ${howItEnded(exit)}; everything else is stopped too.`);

  let turn = Promise.resolve();
  const restart = async (file: string) => {
    if (stopping) return;
    print(`${file} changed, starting the server anew`);
    replacing = true;
    await current.stop();
    replacing = stopping;
    if (!stopping) current = start();
  };
  const restartInTurn = (file: string) => {
    turn = turn.then(() => restart(file));
  };
  const watcher = watch ? watchServerSources(root, restartInTurn) : null;

  const stop = async () => {
    stopping = true;
    replacing = true;
    watcher?.close();
    await turn;
    await current.stop();
    log.close();
  };
  return { ready, failed, stop };
}

function howItEnded({ code, signal }: ServerExit): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}
