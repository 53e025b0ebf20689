/** Where a link out of a reply may lead: a page of ours, or a marked one elsewhere. */
export type SafeLink =
  | { readonly kind: "post"; readonly postId: string }
  | { readonly kind: "outside"; readonly href: string; readonly host: string };

const POST = /^\/posts\/([0-9a-f-]{36})$/i;
const PLACES: ReadonlySet<string> = new Set(["http:", "https:"]);

/** Judges an address that the model wrote; null: not to be followed, such as `javascript:` or a path we do not know. */
export function safeLink(href: string | undefined, origin: string): SafeLink | null {
  if (!href) return null;
  const url = URL.canParse(href, origin) ? new URL(href, origin) : null;
  if (url?.origin === origin) {
    const postId = POST.exec(url.pathname)?.[1];
    return postId ? { kind: "post", postId } : null;
  }
  if (url?.protocol === "mailto:") return { kind: "outside", href: url.href, host: url.pathname };
  // Only a full address leads elsewhere, and never with a name and password in front that disguise the host.
  const isWhole = /^https?:\/\//i.test(href) && url !== null && PLACES.has(url.protocol);
  if (!isWhole || url.username !== "" || url.password !== "") return null;
  return { kind: "outside", href: url.href, host: url.host };
}
