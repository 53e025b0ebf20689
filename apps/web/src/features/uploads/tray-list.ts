import type { Attachment } from "./attachment.ts";
import type { TrayEntry } from "./tray-entry.ts";

export interface TrayState {
  readonly items: readonly Attachment[];
  readonly dialogOpen: boolean;
  /** What the page before has left is still being brought back. */
  readonly opening: boolean;
}

/** The files of a tray in the order they came, and who wants to hear when something of them changes. */
export class TrayList {
  #entries: readonly TrayEntry[] = [];
  #state: TrayState = { items: [], dialogOpen: false, opening: true };
  readonly #listeners = new Set<() => void>();

  subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  state = (): TrayState => this.#state;

  /** As they are now: what is inserted or dropped meanwhile does not disturb who walks through them. */
  get entries(): readonly TrayEntry[] {
    return this.#entries;
  }

  find = (id: string): TrayEntry | undefined => this.#entries.find(({ shown }) => shown.id === id);

  has = (entry: TrayEntry): boolean => this.#entries.includes(entry);

  insert(entry: TrayEntry): void {
    this.#entries = [...this.#entries, entry].sort((one, other) => one.addedAt - other.addedAt);
    this.#publish();
  }

  /** Stops what is done with it, and lets go of all that it held. */
  drop(entry: TrayEntry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.stop.abort();
    entry.letGo();
    revoke(entry.shown.previewUrl);
    this.#publish();
  }

  show(entry: TrayEntry, change: Partial<Attachment>): void {
    if (change.previewUrl) revoke(entry.shown.previewUrl);
    entry.shown = { ...entry.shown, ...change };
    this.#publish();
  }

  setDialog(open: boolean): void {
    if (open !== this.#state.dialogOpen) this.#publish({ dialogOpen: open });
  }

  setOpened(): void {
    this.#publish({ opening: false });
  }

  #publish(change: Partial<TrayState> = {}): void {
    this.#state = { ...this.#state, ...change, items: this.#entries.map(({ shown }) => shown) };
    for (const changed of this.#listeners) changed();
  }
}

function revoke(url: string | null): void {
  if (url?.startsWith("blob:")) URL.revokeObjectURL(url);
}
