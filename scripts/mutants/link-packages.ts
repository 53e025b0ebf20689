import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Two folders that hold the same repository; both as real paths. */
interface Pair {
  source: string;
  copy: string;
}

const isInside = (folder: string, path: string): boolean => path.startsWith(folder + sep);

/**
 * Gives each package of a copied repository (`packages`: its folders, "" for the root) a `node_modules` like the
 * original's: what comes from a registry is linked to the original, what is one of our packages to the copy's own.
 */
export function linkPackages({ source, copy }: Pair, packages: readonly string[]): void {
  for (const folder of packages) {
    const from = join(source, folder, "node_modules");
    if (existsSync(from)) linkFolder({ source, copy }, from);
  }
  const strays = packages.flatMap((folder) => strayLinks(copy, folder, namesOf(copy, packages)));
  if (strays.length > 0)
    throw new Error(`the scratch copy would test the original: ${strays.join(", ")} lead out of it`);
}

function linkFolder({ source, copy }: Pair, folder: string): void {
  const target = join(copy, relative(source, folder));
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(".") && name !== ".bin") continue;
    const from = join(folder, name);
    if (name.startsWith("@") && !lstatSync(from).isSymbolicLink()) linkFolder({ source, copy }, from);
    else symlinkSync(counterpart({ source, copy }, realpathSync(from)), join(target, name), "junction");
  }
}

/** Where the copy finds what the original finds at a real path. */
function counterpart({ source, copy }: Pair, real: string): string {
  const isOurs = isInside(source, real) && !real.split(sep).includes("node_modules");
  return isOurs ? join(copy, relative(source, real)) : real;
}

const namesOf = (root: string, packages: readonly string[]): string[] =>
  packages
    .map(
      (folder) => JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { name?: string },
    )
    .flatMap(({ name }) => name ?? []);

/** Links under the name of one of our own packages that do not lead into the copy. */
function strayLinks(copy: string, folder: string, names: readonly string[]): string[] {
  return names
    .map((name) => join(copy, folder, "node_modules", name))
    .filter((link) => existsSync(link) && !isInside(copy, realpathSync(link)));
}

/** The folders of a list of files that hold a package.json; "" for the root. */
export const packageFolders = (files: readonly string[]): string[] =>
  files
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .map((file) => dirname(file))
    .map((folder) => (folder === "." ? "" : folder));
