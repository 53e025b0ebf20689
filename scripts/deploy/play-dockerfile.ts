import { execFileSync } from "node:child_process";
import { chmod, cp, mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join, posix, relative, resolve } from "node:path";
import { type Instruction, readDockerfile, type Stage } from "./read-dockerfile.ts";

/** The last stage of a Dockerfile, laid out in a folder. */
export interface Laid {
  /** What is `/` in the image. */
  readonly root: string;
  readonly workDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The newest word of each kind, e.g. `USER`. */
  says(word: string): string;
}

/**
 * Does what a Dockerfile says without Docker: its stages are folders, its context is the repository without what
 * .dockerignore names, its Node is this one. What only an image has (base system, users, layers) is left out.
 */
export async function playDockerfile(repository: string, folder: string): Promise<Laid> {
  const context = join(folder, "context");
  const ignored = (await readFile(join(repository, ".dockerignore"), "utf8")).split("\n").filter(Boolean);
  await cp(repository, context, {
    recursive: true,
    filter: (path) => !ignored.some((pattern) => posix.matchesGlob(relative(repository, path), pattern)),
  });
  const bin = join(folder, "bin");
  await mkdir(bin);
  await symlink(process.execPath, join(bin, "node"));
  const played: Played[] = [];
  for (const [at, stage] of readDockerfile(await readFile(join(repository, "Dockerfile"), "utf8")).entries())
    played.push(await playStage(stage, { root: join(folder, `stage-${at}`), context, bin, before: played }));
  const last = played.at(-1);
  if (!last) throw new Error("the Dockerfile has no stage");
  return {
    ...last,
    says: (word) => last.stage.instructions.findLast((one) => one.word === word)?.rest ?? "",
  };
}

interface Played {
  readonly stage: Stage;
  readonly root: string;
  readonly workDir: string;
  readonly environment: Record<string, string>;
}

interface Surroundings {
  readonly root: string;
  readonly context: string;
  readonly bin: string;
  readonly before: readonly Played[];
}

async function playStage(stage: Stage, { root, context, bin, before }: Surroundings): Promise<Played> {
  const base = before.find((one) => one.stage.name === stage.from);
  await mkdir(root);
  await chmod(root, 0o755);
  if (base) copy(`${base.root}/.`, root);
  let workDir = base ? join(root, relative(base.root, base.workDir)) : root;
  const environment: Record<string, string> = { ...base?.environment };

  const play = async ({ word, rest }: Instruction): Promise<void> => {
    if (word === "WORKDIR") {
      workDir = join(root, rest);
      await mkdir(workDir, { recursive: true });
    }
    if (word === "ENV") Object.assign(environment, Object.fromEntries(rest.split(" ").map(pairOf)));
    if (word === "COPY") await playCopy(rest);
    // Users are the image's own; who runs it has made the folder.
    if (word === "RUN" && rest.includes("chown")) await mkdir(join(root, environment["DATA_DIR"] ?? "data"));
    else if (word === "RUN") run(rest, workDir, bin);
  };

  async function playCopy(rest: string): Promise<void> {
    const [, from, paths = rest] = /^--from=(\S+)\s+(.*)$/.exec(rest) ?? [];
    const source = from === undefined ? null : before.find((one) => one.stage.name === from);
    const words = paths.split(/\s+/);
    const target = words.pop() ?? ".";
    for (const word of words) {
      const path = source ? join(source.root, word) : resolve(context, word);
      const isInto = target.endsWith("/") && !source;
      const to = resolve(workDir, isInto ? join(target, posix.basename(word)) : target);
      await mkdir(dirname(to), { recursive: true });
      await cp(path, to, { recursive: true, verbatimSymlinks: true });
    }
  }

  for (const instruction of stage.instructions) await play(instruction);
  return { stage, root, workDir, environment };
}

const pairOf = (text: string): [string, string] => {
  const [name = "", ...value] = text.split("=");
  return [name, value.join("=")];
};

const copy = (from: string, to: string): void => void execFileSync("cp", ["-a", from, to]);

/** With nothing of our own environment but where programs and the home folder are. */
function run(command: string, cwd: string, bin: string): void {
  const { PATH = "", HOME = "" } = process.env;
  const bare = PATH.split(":").filter((path) => !path.includes("node_modules"));
  const env = { PATH: [bin, ...bare].join(":"), HOME, CI: "true" };
  execFileSync("/bin/sh", ["-c", command], { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
}
