import { useState } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { communityTexts } from "../../../texts/community.ts";
import { legalTexts } from "../../../texts/legal/links.ts";
import { isLong, textParts } from "../text-parts.ts";

/** The words of a post as they were written; a long one is folded in the list. */
export function PostText({ text, whole }: { text: string; whole: boolean }) {
  const [open, setOpen] = useState(whole);
  const folded = !open && isLong(text);
  return (
    <>
      <p className={classNames("whitespace-pre-wrap [overflow-wrap:anywhere]", folded && "line-clamp-10")}>
        {textParts(text).map(({ at, text: words, href }) =>
          href === null ? (
            words
          ) : (
            <a
              key={at}
              href={href}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              className="text-accent underline underline-offset-2"
              // What is folded away must not be walked into.
              tabIndex={folded ? -1 : undefined}
            >
              {words}
              <span className="sr-only"> {legalTexts.newTab}</span>
            </a>
          ),
        )}
      </p>
      {folded ? (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="min-h-11 font-medium text-accent underline-offset-4 hover:underline"
        >
          {communityTexts.more}
        </button>
      ) : null}
    </>
  );
}
