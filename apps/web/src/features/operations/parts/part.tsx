import { type ReactNode, useId } from "react";

interface PartProps {
  title: string;
  /** For links from elsewhere on the page. */
  anchor?: string;
  /** Stands right of the title. */
  aside?: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/** A part of a page of the console under its own heading, without a box. */
export function Part({ title, anchor, aside, description, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} {...(anchor ? { id: anchor } : {})} className="min-w-0 scroll-mt-6">
      <div className="mb-3 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-lead">
          {title}
        </h2>
        {aside}
      </div>
      {description ? <p className="-mt-2 mb-4 max-w-2xl text-muted">{description}</p> : null}
      {children}
    </section>
  );
}
