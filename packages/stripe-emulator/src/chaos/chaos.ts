import { type RandomSource, randomSource } from "../ids.ts";
import { FAULTS, type Fault, type Rule, readRule } from "./faults.ts";

/** A rule in force, with what became of it. */
export interface ActiveRule extends Rule {
  id: string;
  /** How many more it strikes; null without end. */
  left: number | null;
  hits: number;
}

export interface ChaosState {
  seed: number;
  rules: ActiveRule[];
  /** Everything injected since the start or the last reset, by fault. */
  counts: Record<Fault, number>;
}

/** A fault that struck, with what its rule said. */
export interface Hit {
  fault: Fault;
  ms: number | null;
  times: number;
  retry?: boolean;
  /** Drawn with the seed, in [0, 1): how long a delay is, where a body is damaged. */
  draw: number;
}

/** All that chaos remembers: rules with what is left of them, where their draws stand, counts. */
export interface ChaosMemory {
  seed: number;
  made: number;
  counts: Record<Fault, number>;
  rules: { rule: ActiveRule; drawn: number | null }[];
}

type Entry = { rule: ActiveRule; draw: RandomSource; matches: (target: string) => boolean };

/** The rules by which things go wrong. The same seed and the same calls in the same order give the same faults. */
export class Chaos {
  readonly #firstSeed: number;
  #seed: number;
  #made = 0;
  #entries: Entry[] = [];
  #counts = noCounts();

  constructor(seed: number) {
    this.#firstSeed = seed;
    this.#seed = seed;
  }

  /** Replaces all rules; a seed starts all draws anew. Throws a RangeError for a rule that is none. */
  set({ seed, rules }: { seed?: number; rules: readonly Rule[] }): void {
    const read = rules.map(readRule);
    if (seed !== undefined) {
      this.#seed = seed;
      this.#made = 0;
    }
    this.#entries = [];
    for (const rule of read) this.#enter(rule);
  }

  /** Adds one rule and answers its id. */
  add(rule: Rule): string {
    return this.#enter(readRule(rule));
  }

  /** Takes one rule away; false when there is none. */
  remove(id: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(({ rule }) => rule.id !== id);
    return this.#entries.length < before;
  }

  /** Nothing goes wrong any more; the counts stay. */
  clear(): void {
    this.#entries = [];
  }

  /** As at the start: no rules, no counts, the first seed. */
  reset(): void {
    this.clear();
    this.#counts = noCounts();
    this.#seed = this.#firstSeed;
    this.#made = 0;
  }

  read(): ChaosState {
    const rules = this.#entries.map(({ rule }) => ({ ...rule }));
    return { seed: this.#seed, rules, counts: { ...this.#counts } };
  }

  /** Everything, to go on from later. */
  save(): ChaosMemory {
    const rules = this.#entries.map(({ rule, draw }) => ({ rule: { ...rule }, drawn: draw.save() }));
    return { seed: this.#seed, made: this.#made, counts: { ...this.#counts }, rules };
  }

  /** Goes on from what was saved, exactly. */
  resume(memory: ChaosMemory): void {
    this.#seed = memory.seed;
    this.#made = memory.made;
    this.#counts = { ...noCounts(), ...memory.counts };
    this.#entries = memory.rules.map(({ rule, drawn }) => {
      const draw = randomSource(0);
      draw.resume(drawn);
      return { rule: { ...rule }, draw, matches: matcher(rule.only) };
    });
  }

  /** Whether Stripe is down altogether. */
  isDown(): boolean {
    return this.#entries.some(({ rule }) => rule.fault === "down" && rule.left !== 0);
  }

  /** Which of these faults strike `target` (a call or an event type); each is counted. */
  strike(faults: readonly Fault[], target: string): Hit[] {
    const hits: Hit[] = [];
    for (const { rule, draw, matches } of this.#entries) {
      if (rule.left === 0 || !faults.includes(rule.fault) || !matches(target)) continue;
      if (draw() >= (rule.probability ?? 1)) continue;
      rule.hits += 1;
      if (rule.left !== null) rule.left -= 1;
      this.#counts[rule.fault] += 1;
      const { fault, ms = null, times = 1, retry } = rule;
      hits.push({ fault, ms, times, ...(retry !== undefined && { retry }), draw: draw() });
    }
    return hits;
  }

  #enter(rule: Rule): string {
    this.#made += 1;
    const id = `rule_${this.#made}`;
    const entry = { ...rule, id, left: rule.next ?? null, hits: 0 };
    const draw = randomSource(this.#seed * 1009 + this.#made * 7919);
    this.#entries.push({ rule: entry, draw, matches: matcher(rule.only) });
    return id;
  }
}

function noCounts(): Record<Fault, number> {
  return Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
}

/** `*` stands for anything; a path without a method means every method. */
function matcher(only: readonly string[] | undefined): (target: string) => boolean {
  if (only === undefined || only.length === 0) return () => true;
  const patterns = only.map((text) => {
    const parts = text.split("*").map((part) => part.replaceAll(/[.\\+?^$()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${text.startsWith("/") ? "[A-Z]+ " : ""}${parts.join(".*")}$`);
  });
  return (target) => patterns.some((pattern) => pattern.test(target));
}
