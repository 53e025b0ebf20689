import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { HELP } from "../src/command/read-flags.ts";
import { FAULTS } from "../src/index.ts";
import { ROUTES } from "../src/resources/all-routes.ts";
import { DEFAULT_SETTINGS } from "../src/settings.ts";

const HERE = new URL("../", import.meta.url);
const README = readFileSync(new URL("README.md", HERE), "utf8");

/** The rows of the table under a heading, as cells. */
function tableUnder(heading: string): string[][] {
  const [, after = ""] = README.split(`${heading}\n`);
  const lines = after.slice(after.indexOf("\n|") + 1).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const ORDER = ["create", "retrieve", "update", "delete", "list"];
const ON_ALL: Record<string, string> = { GET: "list", POST: "create", DELETE: "delete" };
const ON_ONE: Record<string, string> = { GET: "retrieve", POST: "update", DELETE: "delete" };

interface Named {
  object: string;
  /** What lies below one object, such as the `payment_methods` of a customer; "": the object itself. */
  below: string;
  call: string;
}

/** What a call does, in the SDK's words. */
function nameOf(method: string, path: string): Named {
  const parts = path.replace("/v1/", "").split("/");
  const first = parts.findIndex((part) => part.startsWith(":"));
  if (path === "/v1/account") return { object: "account", below: "", call: "retrieve" };
  if (first === -1) {
    const isAction = ROUTES.some((route) => `/v1/${parts.slice(0, -1).join("/")}` === route.path);
    const object = isAction ? parts.slice(0, -1) : parts;
    return {
      object: object.join("/"),
      below: "",
      call: isAction ? (parts.at(-1) ?? "") : (ON_ALL[method] ?? ""),
    };
  }
  const object = parts.slice(0, first).join("/");
  const [below = "", one] = parts.slice(first + 1);
  if (below === "") return { object, below, call: ON_ONE[method] ?? "" };
  const isAction = method === "POST" && !ROUTES.some((row) => row.method === "GET" && row.path === path);
  if (one === undefined && isAction) return { object, below: "", call: below };
  return { object, below, call: (one === undefined ? ON_ALL : ON_ONE)[method] ?? "" };
}

/** Each object with its calls, then those on what lies below it. */
function coverage(): string[] {
  const named = ROUTES.map(({ method, path }) => nameOf(method, path));
  return unique(named.map(({ object }) => object)).map((object) => {
    const own = named.filter((row) => row.object === object);
    const parts = unique(own.map(({ below }) => below)).map((below) => {
      const calls = own.filter((row) => row.below === below).map(({ call }) => call);
      return `${below === "" ? "" : `\`${below}\`: `}${calls.toSorted(byWord).join(", ")}`;
    });
    return `\`${object}\` | ${parts.join("; ")}`;
  });
}

const unique = (texts: string[]) => [...new Set(texts)].toSorted();

function byWord(a: string, b: string): number {
  const [one, two] = [a, b].map((call) => (ORDER.includes(call) ? ORDER.indexOf(call) : ORDER.length));
  return (one ?? 0) - (two ?? 0) || (a < b ? -1 : 1);
}

it("names every call the emulator answers, and no other, in COVERAGE.md", async () => {
  const table = [
    "| object | calls; below one of them |",
    "|---|---|",
    ...coverage().map((row) => `| ${row} |`),
  ];
  const head =
    "# What the Stripe emulator answers\n\nAll else is a 404 that names the URL. The words are those of the SDK.";
  await expect(`${head}\n\n${table.join("\n")}\n`).toMatchFileSnapshot("../COVERAGE.md");
});

it("names every setting with its default", () => {
  const told = tableUnder("### Settings").map(
    ([name = "", value = ""]) => `${name} ${value.replace(/ s$/, "")}`,
  );
  const bare = (value: unknown) => (typeof value === "string" ? `\`${value}\`` : JSON.stringify(value));
  const shown = (value: unknown) =>
    typeof value === "object" && value !== null
      ? `\`${JSON.stringify(value).replaceAll(/(\d),(?=\d)/g, "$1, ")}\``
      : bare(value);
  expect(told).toEqual(
    Object.entries(DEFAULT_SETTINGS).map(([name, value]) => `\`${name}\` ${shown(value)}`),
  );
});

it("names every flag of --help", () => {
  const flags = (text: string) => [...text.matchAll(/--[a-z-]+(?: [A-Z=]+)?/g)].map(([flag]) => flag.trim());
  const told = tableUnder("## Run it alone").flatMap(([cell = ""]) => flags(cell));
  expect(told).toEqual(
    HELP.split("\n").flatMap((line) => (line.startsWith("  --") ? flags(line).slice(0, 1) : [])),
  );
});

it("names every option of startEmulator", () => {
  const source = readFileSync(new URL("src/emulator.ts", HERE), "utf8");
  const [, body = ""] = /interface EmulatorOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
  const options = [...body.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  const told = tableUnder("## Run it in a test").flatMap(([cell = ""]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(told.toSorted()).toEqual(options.toSorted());
});

it("names every fault of chaos", () => {
  const told = tableUnder("### Chaos").flatMap(([cell = ""]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(told.toSorted()).toEqual([...FAULTS].toSorted());
});

it("names every call of the control API", () => {
  const files = globSync("src/control/*-routes.ts", { cwd: HERE });
  const served = files.flatMap((file) =>
    [
      ...readFileSync(new URL(file, HERE), "utf8").matchAll(
        /\.(get|post|delete)(?:<[^(]*>)?\(\s*["`](\/_emulator[^"`]*)/g,
      ),
    ].map(([, method = "", path = ""]) => `${method.toUpperCase()} ${path.replace(/:\w+/, "<id>")}`),
  );
  const told = tableUnder("## Control API").flatMap(([cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, call]) => call),
  );
  const oneOfBoth = served.map((call) => call.replace(`\${noun}`, "payment_intents"));
  expect(told.toSorted()).toEqual(oneOfBoth.toSorted());
});
