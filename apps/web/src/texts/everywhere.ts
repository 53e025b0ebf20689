/** Words used everywhere. Every text of the app stands in this folder, so that a Swedish set can stand beside it. */
export const words = {
  product: "LiveAssist",
  close: "Close",
  dismiss: "Dismiss",
  retry: "Try again",
  loading: "Loading…",
  home: "Home",
  goHome: "Go to the start page",
  skipToContent: "Skip to content",
  copied: "Copied",
  copy: "Copy",
  notFound: {
    tab: "Not found",
    title: "There is nothing here",
    text: "The address may be old or mistyped. Nothing is lost: your account and your subscription are as they were.",
  },
  crashed: {
    title: "This page stopped working",
    text: "The fault is ours. Your account and your subscription are not affected. Try again, or go to the start page.",
  },
  unreachable: {
    title: "LiveAssist cannot be reached",
    text: "Your connection or our server is away for the moment. Nothing is lost. We try again as soon as there is a network.",
  },
  offline: {
    title: "You are offline",
    text: "What you see is the last we know. It updates by itself as soon as the network is back.",
  },
  reconnecting: {
    title: "Live updates are paused",
    text: "The connection dropped. We are asking every few seconds until it is back.",
    exhausted: "The connection has been away for a while. Reload the page when you want to try again.",
  },
} as const;
