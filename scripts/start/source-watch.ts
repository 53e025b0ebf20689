import { existsSync, watch } from "node:fs";
import { join } from "node:path";

const WATCHED = [
  "apps/server/src",
  "packages/api/src",
  "packages/db/src",
  "packages/db/migrations",
  "packages/shared/src",
];
const SETTLE_MS = 150;

/** Calls `onChange` once the server's sources have changed and been quiet for a moment; tests do not count. */
export function watchServerSources(root: string, onChange: (file: string) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watchers = WATCHED.map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .map((folder) =>
      watch(folder, { recursive: true }, (_event, file) => {
        if (!file || /\.test\.tsx?$|(^|\/)\./.test(file)) return;
        clearTimeout(timer);
        timer = setTimeout(() => onChange(file), SETTLE_MS);
      }),
    );
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
