import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Handlers = Record<string, (input: never) => unknown>;
type Question = { readonly id: number; readonly name: string; readonly input: unknown };
type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** Another process of the bench, asked by messages. */
export interface Child<H extends Handlers> {
  ask<K extends keyof H & string>(name: K, input: Parameters<H[K]>[0]): Promise<Awaited<ReturnType<H[K]>>>;
  stop(): Promise<void>;
}

/** Starts a file of this folder as a process of its own; its log lines go nowhere, its errors are shown. */
export function startChild<H extends Handlers>(file: string, nodeOptions: string[] = []): Child<H> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: nodeOptions,
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`${file} ended early (${code})`));
      resolve();
    });
  });
  child.on("message", ({ id, value, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(`${file}: ${error}`));
  });
  let last = 0;
  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve: (value) => resolve(value as never), reject });
        child.send({ id: last, name, input });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The child's side: answers questions until the parent is gone, then cleans up and ends. */
export function answerParent<H extends Handlers>(handlers: H, cleanUp: () => unknown): H {
  process.on("message", ({ id, name, input }: Question) => {
    void (async () => {
      try {
        const handler = handlers[name];
        if (!handler) throw new Error(`unknown question ${name}`);
        process.send?.({ id, value: await handler(input as never) });
      } catch (error) {
        process.send?.({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
    })();
  });
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 5_000).unref();
    void Promise.resolve(cleanUp()).then(() => process.exit(0));
  });
  return handlers;
}
