/** Words of changing, deleting and reporting a post: apart, because the first page does not need them. */
export const deedTexts = {
  editor: {
    label: "Change your post",
    save: "Save",
    busy: "Saving…",
    cancel: "Cancel",
    empty: "Without a picture a post needs words. Delete it instead, if you want it gone.",
  },
  deletion: {
    title: "Delete this post?",
    text: "It goes for everybody, with its pictures. This cannot be undone.",
    confirm: "Delete",
    busy: "Deleting…",
    keep: "Keep it",
    done: "Your post is deleted",
  },
  report: {
    title: "Report this post",
    text: "You will not see it any more, and an administrator looks at it. Its author is not told who reported it.",
    question: "What is wrong with it?",
    reasons: [
      "Spam or advertising",
      "Insulting, hateful or threatening",
      "Shows somebody's private data",
      "Dangerous or illegal",
      "Something else",
    ],
    words: "What should we know? (optional)",
    missing: "Choose what is wrong with it.",
    confirm: "Report",
    busy: "Reporting…",
    keep: "Cancel",
  },
} as const;
