import { type IndexedTable, type IndexName, keysOf } from "./indexes.ts";
import { TABLE_NAMES, type TableName, type Tables } from "./tables.ts";

/** One change: a document, or null where it was removed. */
export type Change = [table: TableName, id: string, document: unknown];

/** Where committed changes go; the journal on disk, or nothing at all. */
export interface Sink {
  /** One commit. `all` gives what everything now amounts to, for when the sink has grown too long. */
  append(changes: readonly Change[], all: () => Iterable<Change>): void;
  /** Replaces everything. */
  rewrite(all: Iterable<Change>): void;
  close(): void;
}

type Row = { id: string };

/** What a snapshot holds and a reset forgets: everything but the snapshots themselves. */
export const WORLD_TABLES: readonly TableName[] = TABLE_NAMES.filter((name) => name !== "snapshots");

/**
 * All state, in memory, in order of creation. Documents are replaced whole and never changed in place, so that
 * an event may keep the very object it tells of. Changes become durable together, on `commit`.
 */
export class Store {
  readonly #tables = new Map<TableName, Map<string, Row>>();
  readonly #sink: Sink | null;
  readonly #watchers: ((table: TableName, id: string) => void)[] = [];
  readonly #indexes = new Map<string, Map<string, Set<string>>>();
  /** Called before every commit that has something to keep; may still change documents. */
  beforeCommit: () => void = () => {};
  #undo: [TableName, string, Row | undefined][] = [];
  #dirty = new Map<string, Change>();

  constructor(sink: Sink | null = null, changes: Iterable<Change> = []) {
    this.#sink = sink;
    for (const name of TABLE_NAMES) this.#tables.set(name, new Map());
    for (const [table, id, document] of changes) this.#apply(table, id, document as Row | null);
  }

  get<K extends TableName>(table: K, id: string): Tables[K] | undefined {
    return this.#tables.get(table)?.get(id) as Tables[K] | undefined;
  }

  /** Oldest first. */
  all<K extends TableName>(table: K): Tables[K][] {
    return [...(this.#tables.get(table)?.values() ?? [])] as Tables[K][];
  }

  /** Oldest first, one after the other, without a copy of the table. */
  scan<K extends TableName>(table: K): MapIterator<Tables[K]> {
    return (this.#tables.get(table) ?? new Map()).values() as MapIterator<Tables[K]>;
  }

  /** How many there are. */
  count(table: TableName): number {
    return this.#tables.get(table)?.size ?? 0;
  }

  /** Those whose indexed field has this value, oldest first, without a look at the others. */
  where<K extends IndexedTable>(table: K, index: IndexName<K>, key: string): Tables[K][] {
    const rows = this.#tables.get(table);
    const ids = this.#indexes.get(`${table}.${index}`)?.get(key) ?? [];
    return [...ids].flatMap((id) => rows?.get(id) ?? []) as Tables[K][];
  }

  put<K extends TableName, D extends Tables[K]>(table: K, document: D): D {
    this.#change(table, document.id, document);
    return document;
  }

  remove(table: TableName, id: string): void {
    this.#change(table, id, null);
  }

  /** Calls back after every change; used for what is derived from documents (moments that are due). */
  watch(watcher: (table: TableName, id: string) => void): void {
    this.#watchers.push(watcher);
  }

  /** Makes everything since the last commit durable, as one unit. */
  commit(): void {
    if (this.#dirty.size > 0) this.beforeCommit();
    this.#undo = [];
    if (this.#dirty.size === 0) return;
    const changes = [...this.#dirty.values()];
    this.#dirty = new Map();
    this.#sink?.append(changes, () => this.documents());
  }

  /** Takes back everything since the last commit. */
  rollback(): void {
    for (const [table, id, before] of this.#undo.reverse()) this.#apply(table, id, before ?? null);
    this.#undo = [];
    this.#dirty = new Map();
  }

  /** Removes everything but snapshots. */
  clear(): void {
    for (const table of WORLD_TABLES) for (const row of this.all(table)) this.remove(table, row.id);
  }

  /** What is in these tables (default all), each in order of creation. */
  *documents(tables: readonly TableName[] = TABLE_NAMES): Generator<Change> {
    for (const table of tables) for (const row of this.scan(table)) yield [table, row.id, row];
  }

  /**
   * Puts these documents in the place of everything but snapshots, durably and as one. Watchers are not told: who
   * derives something from documents must derive it anew.
   */
  load(changes: Iterable<Change>): void {
    this.#undo = [];
    this.#dirty = new Map();
    for (const table of WORLD_TABLES) {
      this.#tables.set(table, new Map());
      for (const index of this.#indexes.keys())
        if (index.startsWith(`${table}.`)) this.#indexes.delete(index);
    }
    for (const [table, id, document] of changes) this.#place(table, id, document as Row | null);
    this.#sink?.rewrite(this.documents());
  }

  close(): void {
    this.commit();
    this.#sink?.close();
  }

  #change(table: TableName, id: string, document: Row | null): void {
    this.#undo.push([table, id, this.#tables.get(table)?.get(id)]);
    this.#dirty.set(`${table}/${id}`, [table, id, document]);
    this.#apply(table, id, document);
  }

  #apply(table: TableName, id: string, document: Row | null): void {
    this.#place(table, id, document);
    for (const watcher of this.#watchers) watcher(table, id);
  }

  #place(table: TableName, id: string, document: Row | null): void {
    const rows = this.#tables.get(table);
    if (rows === undefined) return; // a table of a newer or older version of the emulator
    const before = rows.get(id);
    if (document === null) rows.delete(id);
    else rows.set(id, document);
    this.#reindex(table, before, document);
  }

  /** A document keeps its place while its key stays, so that an index is in order of creation too. */
  #reindex(table: TableName, before: Row | undefined, after: Row | null): void {
    const old = before === undefined ? [] : keysOf(table, before);
    const now = after === null ? [] : keysOf(table, after);
    const same = (a: [string, string], rest: [string, string][]) =>
      rest.some(([index, key]) => index === a[0] && key === a[1]);
    for (const [index, key] of old) {
      if (before === undefined || same([index, key], now)) continue;
      const ids = this.#indexes.get(index)?.get(key);
      ids?.delete(before.id);
      if (ids?.size === 0) this.#indexes.get(index)?.delete(key);
    }
    for (const [index, key] of now) {
      if (after === null || same([index, key], old)) continue;
      const byKey = this.#indexes.get(index) ?? new Map<string, Set<string>>();
      this.#indexes.set(index, byKey.set(key, (byKey.get(key) ?? new Set()).add(after.id)));
    }
  }
}
