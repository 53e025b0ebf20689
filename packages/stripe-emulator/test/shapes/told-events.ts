import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { wordsOf } from "./check-value.ts";
import { flat, named } from "./resolve-type.ts";

const SOURCES = join(import.meta.dirname, "../../src");
/** Lists every type that Stripe has, told or not. */
const LIST_OF_ALL = "event-types.ts";

/** Every type of event that the emulator's sources name, so that it may be told of. */
export function toldEvents(): string[] {
  const types = flat(named("resources/Events.js", "Event")).flatMap((each) =>
    each.is === "hash" ? wordsOf(each, "type") : [],
  );
  const words = new Set<string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts") || file.endsWith(LIST_OF_ALL)) continue;
    const text = readFileSync(join(SOURCES, file), "utf8");
    for (const [, word = ""] of text.matchAll(/"([a-z_]+(?:\.[a-z_]+)+)"/g)) words.add(word);
  }
  return types.filter((type) => words.has(type)).toSorted();
}
