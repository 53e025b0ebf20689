import { useNavigate, useSearch } from "@tanstack/react-router";

export interface Filters<Name extends string> {
  /** What stands in the address; an empty one is not there. */
  values: Partial<Record<Name, string>>;
  isFiltered: boolean;
  set: (name: Name, value: string | null) => void;
  clear: () => void;
}

/** Filters that live in the address, so that they survive a reload, the way back, and being sent to a colleague. */
export function useFilters<Name extends string>(...names: readonly Name[]): Filters<Name> {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") values[name] = value;
  }
  const go = (next: Record<string, string | undefined>) => {
    const entries = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    void navigate({ to: ".", search: Object.fromEntries(entries), resetScroll: false });
  };
  return {
    values,
    isFiltered: Object.keys(values).length > 0,
    set: (name, value) => go({ ...search, [name]: value ?? undefined }),
    clear: () => go({ ...search, ...Object.fromEntries(names.map((name) => [name, undefined])) }),
  };
}
