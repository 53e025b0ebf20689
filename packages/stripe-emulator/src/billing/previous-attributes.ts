/** The old values of what differs, as `previous_attributes` shows them: hashes by key, lists whole. Null: nothing. */
export function previousAttributes(before: object, after: object): Record<string, unknown> | null {
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (JSON.stringify(old[key]) === JSON.stringify(now[key])) continue;
    const nested = isHash(old[key]) && isHash(now[key]) ? previousAttributes(old[key], now[key]) : null;
    changed[key] = nested ?? old[key] ?? null;
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

/** A plain nested hash; lists and whole objects of their own are shown whole. */
function isHash(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("object" in value);
}
