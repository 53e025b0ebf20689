/** Query keys of the community as one user sees it; everything under the first is renewed together. */
export const communityKeys = {
  all: (userId: string) => ["community", userId] as const,
  feeds: (userId: string) => ["community", userId, "feed"] as const,
  /** Everybody's posts, or one person's. */
  feed: (userId: string, author: string | null) => ["community", userId, "feed", author] as const,
  posts: (userId: string) => ["community", userId, "post"] as const,
  post: (userId: string, postId: string) => ["community", userId, "post", postId] as const,
  profiles: (userId: string) => ["community", userId, "profile"] as const,
  profile: (userId: string, of: string) => ["community", userId, "profile", of] as const,
};
