import type { Reported } from "@liveassist/api/contract";
import { useId, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { operationsTexts } from "../../../texts/operations.ts";
import { AuthorLine } from "../../community/components/author-line.tsx";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { PictureGrid } from "../../community/components/picture-grid.tsx";
import { PostText } from "../../community/components/post-text.tsx";
import { useResolveReport } from "./hooks.ts";
import { Reasons } from "./reasons.tsx";
import { RemovalDialog } from "./removal-dialog.tsx";

const texts = operationsTexts.reports;

interface ReportedPostProps {
  reported: Reported;
  onDecided: (resolution: "kept" | "removed") => void;
}

/** One reported post as its readers see it, why it was reported, and the two ways on. */
export function ReportedPost({ reported: { post, reports }, onDecided }: ReportedPostProps) {
  const [removing, setRemoving] = useState(false);
  const { resolve, resolving, failure } = useResolveReport(post.id, (resolution) => {
    setRemoving(false);
    onDecided(resolution);
  });
  const id = useId();
  const { name } = post.author;
  return (
    <article aria-labelledby={id} data-testid="reported-post" className="rounded-md border border-line p-4">
      <AuthorLine author={post.author} headingId={id} />
      <p className="mt-1 text-small text-muted">{formats.dateTime(post.created_at)}</p>
      <div className="mt-2.5 grid gap-3">
        {post.text === "" ? null : (
          <div>
            <PostText text={post.text} whole={false} />
          </div>
        )}
        {post.uploads.length === 0 ? null : <PictureGrid pictures={post.uploads} by={name} />}
      </div>
      <Reasons reports={reports} />
      <div className="mt-4 empty:hidden">{removing ? null : <FailureNote failure={failure} />}</div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          look="secondary"
          aria-label={texts.keepLabel(name)}
          busy={resolving === "kept"}
          onClick={() => resolve("kept")}
        >
          {resolving === "kept" ? texts.keeping : texts.keep}
        </Button>
        <Button look="danger" aria-label={texts.removeLabel(name)} onClick={() => setRemoving(true)}>
          {texts.remove}
        </Button>
      </div>
      {removing ? (
        <RemovalDialog
          name={name}
          busy={resolving === "removed"}
          failure={failure}
          onConfirm={() => resolve("removed")}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </article>
  );
}
