/** Words of the pages for administrators. Times come in already written. */
export const operationsTexts = {
  reports: {
    title: "Reported posts",
    description:
      "The oldest report first. Whoever reported a post does not see it any more; everybody else does.",
    loading: "Loading reports…",
    emptyTitle: "Nothing is reported",
    emptyText: "What people report stands here until somebody has looked at it.",
    failedTitle: "The reports did not come",
    count: (count: number) => (count === 1 ? "1 report" : `${count} reports`),
    reportedBy: "Who reported it",
    keep: "Keep",
    keepLabel: (name: string) => `Keep the post by ${name}`,
    keeping: "Keeping…",
    kept: "Kept: the post stays for everybody who did not report it.",
    remove: "Remove…",
    removeLabel: (name: string) => `Remove the post by ${name}`,
    removed: "Removed: nobody sees the post any more.",
    removal: {
      title: "Remove this post for everybody?",
      text: (name: string) => `The post by ${name} goes with its pictures. This cannot be undone.`,
      confirm: "Remove for everybody",
      busy: "Removing…",
      cancel: "Do not remove",
    },
    noWords: "Pictures only",
  },
} as const;
