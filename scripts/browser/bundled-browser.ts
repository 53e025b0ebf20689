import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";

const require = createRequire(import.meta.url);

// The package's own list of font folders knows only the fixed places of a cloud function.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/** Where the browser from npm lies once it is unpacked, and the libraries and fonts a bare machine may lack. */
export interface BundledBrowser {
  path: string;
  libraries: string;
  fonts: string;
}

/** True where the browser from npm can run at all: it is built for Linux on x64 only. */
export function canUseBundledBrowser(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

/**
 * Unpacks the Chromium of @sparticuz/chromium, once per version and user. It is unpacked aside and renamed into
 * place, so that two at once, or one that was killed, never leave half a browser behind.
 */
export function unpackBundledBrowser(): Promise<BundledBrowser> {
  unpacking ??= unpackOnce();
  return unpacking;
}

// The package takes the place to unpack to from the environment: one at a time in a process.
let unpacking: Promise<BundledBrowser> | undefined;

async function unpackOnce(): Promise<BundledBrowser> {
  const folder = join(cacheFolder(), folderName());
  const found = {
    path: join(folder, "chromium"),
    libraries: join(folder, "al2023", "lib"),
    fonts: join(folder, "fonts"),
  };
  if (existsSync(found.path)) return found;
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  await unpackInto(aside);
  await writeFile(join(aside, "fonts", "fonts.conf"), FONTS);
  spawnSync("chmod", ["-R", "go+rX", aside]);
  try {
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(found.path)) throw error;
  }
  return found;
}

// The package unpacks into the temporary folder of the moment, and offers no other way to say where.
async function unpackInto(folder: string): Promise<void> {
  const packed = join(packageFolder(), "bin");
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    for (const part of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) {
      await inflate(join(packed, part));
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

// Beside the dependencies, unless another user installed them: then in a folder of one's own.
function cacheFolder(): string {
  const beside = fileURLToPath(new URL("../../node_modules/.cache", import.meta.url));
  const own = join(tmpdir(), `liveassist-browser-${userInfo().uid}`);
  return canWrite(beside) || existsSync(join(beside, folderName())) ? beside : own;
}

function canWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function folderName(): string {
  const manifest: { version: string } = require(join(packageFolder(), "package.json"));
  return `chromium-${manifest.version}`;
}

function packageFolder(): string {
  return join(require.resolve("@sparticuz/chromium"), "../..");
}
