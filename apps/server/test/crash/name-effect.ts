const TABLE = /\b(?:from|update|insert into|delete from)\s+"?(\w+)"?/;
const SET = /\bset (.*?)(?: where\b| returning\b|$)/;
const ASSIGNED = /"(\w+)" = /g;
const COLUMN = /"(\w+)"(?!\s*\.)/g;
const CALLER = /(?:packages\/api|apps\/server)\/src\/(?:[\w-]+\/)*([\w-]+)\.ts/;

/**
 * A statement's name as a person would say it: verb, table, the first columns it sets, and those it is looked up by. The
 * others are left out, so that a new column is no new effect, and another condition is.
 */
export function nameStatement(text: string): string {
  const said = text.toLowerCase().replaceAll(/\s+/g, " ").trim();
  const verb = said.split(" ", 1)[0] ?? "";
  const table = TABLE.exec(said)?.[1];
  if (table === undefined) return said.replaceAll(/["$]/g, "").slice(0, 60);
  const [, where = ""] = /\bwhere\b(.*)$/.exec(said) ?? [];
  const [conditions = ""] = where.split(/ returning | order by | group by /);
  const columns = [...new Set([...conditions.matchAll(COLUMN)].map(([, column]) => column))].filter(
    (column) => column !== table,
  );
  const isLock = verb === "select" && /\bfor update\b/.test(said);
  const assigned = [...(SET.exec(said)?.[1] ?? "").matchAll(ASSIGNED)].map(([, column]) => column);
  const set = verb === "update" ? ["set", assigned.slice(0, 2).join(",")] : [];
  const many = /\bany\s*\(/.test(conditions) ? ["any"] : [];
  const by = columns.length > 0 ? ["by", ...many, columns.join(",")] : [];
  return [isLock ? "lock" : verb, table, ...set, ...by].join(" ");
}

/** Between a verb and the driver lie more frames than the engine keeps by default. */
export function keepWholeStacks(): void {
  Error.stackTraceLimit = 60;
}

/** The product's file that asks: the innermost one on the stack, without its ending. Empty when none is on it. */
export function callerOf(stack: string | undefined): string {
  for (const line of (stack ?? "").split("\n")) {
    const found = CALLER.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return "";
}
