import { badParam } from "./errors.ts";

/** One condition of a search, such as `status:"active"`, `metadata["k"]:"v"` or `created>123`; negated by a minus. */
interface Clause {
  field: string;
  key: string | null;
  operator: ":" | "~" | ">" | "<" | ">=" | "<=";
  value: string | null;
  negated: boolean;
}

const CLAUSE =
  /^\s*(-?)([a-z_.]+)(?:\[(?:"([^"]*)"|'([^']*)')\])?(:|~|>=|<=|>|<)(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.-]+))/;
const JOINT = /^\s+(and|or)\s+/i;

/**
 * Reads a query of Stripe's search: clauses joined by AND or by OR, not both (docs.stripe.com/search#search-query-language).
 * Answers the test that a document passes or fails.
 */
export function readQuery(
  query: string,
  fields: readonly string[],
): (row: Record<string, unknown>) => boolean {
  const clauses: Clause[] = [];
  let joint: string | null = null;
  let rest = query;
  for (;;) {
    const clause = CLAUSE.exec(rest);
    if (clause === null) throw unreadable(query);
    const [all, minus, field = "", quoted, single, operator = ":", text, other, bare] = clause;
    if (!fields.includes(field))
      throw badParam(
        "parameter_invalid",
        `Field \`${field}\` is an unsupported search field for resource.`,
        "query",
      );
    const value = text ?? other ?? bare ?? "";
    clauses.push({
      field,
      key: quoted ?? single ?? null,
      operator: operator as Clause["operator"],
      value: bare === "null" ? null : value.replaceAll(/\\(.)/g, "$1"),
      negated: minus === "-",
    });
    rest = rest.slice(all.length);
    if (rest.trim() === "") break;
    const next = JOINT.exec(rest);
    if (next === null) throw unreadable(query);
    const word = (next[1] ?? "").toLowerCase();
    if (joint !== null && joint !== word)
      throw badParam("parameter_invalid", "You cannot combine AND and OR in the same query.", "query");
    joint = word;
    rest = rest.slice(next[0].length);
  }
  const matches = (row: Record<string, unknown>) => (clause: Clause) => meets(row, clause) !== clause.negated;
  return (row) => (joint === "or" ? clauses.some(matches(row)) : clauses.every(matches(row)));
}

function meets(row: Record<string, unknown>, { field, key, operator, value }: Clause): boolean {
  const found = key === null ? row[field] : (row[field] as Record<string, unknown> | null)?.[key];
  if (value === null) return found === null || found === undefined;
  if (found === null || found === undefined) return false;
  const text = String(found).toLowerCase();
  if (operator === ":") return text === value.toLowerCase();
  if (operator === "~") return text.includes(value.toLowerCase());
  const [left, right] = [Number(found), Number(value)];
  if (operator === ">") return left > right;
  if (operator === "<") return left < right;
  return operator === ">=" ? left >= right : left <= right;
}

function unreadable(query: string) {
  return badParam("parameter_invalid", `We were unable to parse your search query: ${query}`, "query");
}
