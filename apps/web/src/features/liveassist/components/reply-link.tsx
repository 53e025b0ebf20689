import { Link } from "@tanstack/react-router";
import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { safeLink } from "../safe-link.ts";

const LOOK = "font-medium text-accent underline underline-offset-2 hover:text-accent-strong";

/** A link out of a reply: posts open here, everything else is marked and leaves by a new tab, or is only text. */
export function ReplyLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const link = safeLink(href, location.origin);
  if (!link) return <span>{children}</span>;
  if (link.kind === "post") {
    return (
      <Link to="/posts/$postId" params={{ postId: link.postId }} className={LOOK}>
        {children}
      </Link>
    );
  }
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.host} className={LOOK}>
      {children}
      <ArrowUpRight aria-hidden="true" className="ml-0.5 inline size-4" strokeWidth={1.75} />
      <span className="sr-only"> ({liveassistTexts.reply.newTab})</span>
    </a>
  );
}
