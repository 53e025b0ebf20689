/** Words of the pages of one post and of one person. Dates and numbers come in already written. */
export const peopleTexts = {
  post: {
    tab: "Post",
    title: (name: string) => `Post by ${name}`,
    loadingTitle: "Post",
    back: "All posts",
    goneTitle: "This post is not there",
    goneText: "It was deleted, you reported it, or the address is mistyped.",
  },
  profile: {
    tab: "Profile",
    since: (date: string) => `Here since ${date}`,
    posts: (count: number, written: string) => (count === 1 ? "1 post" : `${written} posts`),
    own: "This is how others see you.",
    settings: "Change your name in Settings",
    goneTitle: "Nobody is here",
    goneText: "The account was deleted, or the address is mistyped.",
    noPosts: "No posts yet",
    noPostsText: (name: string) => `What ${name} posts will stand here.`,
    noOwnPosts: "What you post on Home will stand here.",
  },
} as const;
