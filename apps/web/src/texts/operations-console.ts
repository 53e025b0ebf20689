/** Words that every section of the operations console shares. Times and numbers come in already written. */
export const consoleTexts = {
  sections: {
    label: "Operations",
    overview: "Overview",
    events: "Events",
    dead: "Dead letters",
    drifts: "Drift",
    flags: "Flags",
    posts: "Posts",
    users: "Users",
    xp: "XP",
    jobs: "Jobs",
    actions: "Actions",
  },
  tab: (section: string) => `${section} · Operations`,
  waiting: (count: string) => `${count} waiting`,
  list: {
    loading: (label: string) => `Loading: ${label}…`,
    failedTitle: "The list did not come",
    failedOlder: "More did not come",
    staleTitle: "This list is not fresh",
    staleText: "The last refresh failed. What you see is from before; it is tried again every few seconds.",
    deeds: "To do",
    more: "Load more",
    loadingMore: "Loading more…",
    end: (count: number, written: string) =>
      count === 1 ? "1 row, that is all" : `${written} rows, that is all`,
    loaded: (count: string) => `${count} rows loaded`,
  },
  filters: {
    label: "Filters",
    any: "Any",
    clear: "Clear filters",
  },
  crashed: {
    title: "This section stopped working",
    text: "The fault is ours, and the rest of the console goes on. Try again, or open another section.",
    reload: "Reload the page",
  },
  confirm: { cancel: "Cancel" },
  json: {
    fold: "Fold",
    unfold: "Unfold",
    none: "Nothing",
    items: (count: number) => (count === 1 ? "1 item" : `${count} items`),
  },
  never: "Never",
} as const;
