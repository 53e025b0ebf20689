/** Search parameters that matter across a sign-in; all plain strings. */
export interface EntrySearch {
  next?: string;
  subscription?: string;
  session_id?: string;
}

/** Picks what the entry pages know out of any search; anything else is dropped. */
export function readEntrySearch(search: Record<string, unknown>): EntrySearch {
  const kept: EntrySearch = {};
  for (const name of ["next", "subscription", "session_id"] as const) {
    const value = search[name];
    if (typeof value === "string" && value !== "") kept[name] = value;
  }
  return kept;
}

/**
 * Where a sign-in leads: the return from checkout first (with its parameters), else the page that asked for it.
 * Only a path of our own is followed, never another host.
 */
export function destinationAfterSignIn(search: EntrySearch): string {
  if (search.subscription !== undefined || search.session_id !== undefined) {
    const kept = new URLSearchParams();
    if (search.subscription !== undefined) kept.set("subscription", search.subscription);
    if (search.session_id !== undefined) kept.set("session_id", search.session_id);
    return `/?${kept}`;
  }
  return search.next !== undefined && /^\/(?![/\\])/.test(search.next) ? search.next : "/";
}

/** The search of the sign-in page for someone who has to sign in at `path` with `search` first. */
export function signInSearchFor(path: string, search: Record<string, unknown>): EntrySearch {
  const { subscription, session_id } = readEntrySearch(search);
  const kept: EntrySearch = path === "/" ? {} : { next: path };
  if (subscription !== undefined) kept.subscription = subscription;
  if (session_id !== undefined) kept.session_id = session_id;
  return kept;
}
