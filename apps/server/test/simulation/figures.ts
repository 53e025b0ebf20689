/** How often each thing was done and each fault injected. */
export class Figures {
  readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  of(name: string): number {
    return this.counts.get(name) ?? this.counts.get(`move: ${name}`) ?? 0;
  }

  addAll(other: Figures): void {
    for (const [name, count] of other.counts) this.add(name, count);
  }

  /** One line each, most frequent first, under their heading (`heading: name`). */
  lines(): string[] {
    const sorted = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([name, count]) => `${String(count).padStart(9)}  ${name}`);
  }
}
