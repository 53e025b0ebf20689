import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  /** Stands right of the title: a badge, a state. */
  aside?: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
}

/** One subject with its own heading; space orders it, not boxes in boxes. */
export function Card({ title, aside, description, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface p-5 sm:p-6">
      <div className="flex min-h-7 items-center justify-between gap-4">
        <h2 id={id} className="text-lead">
          {title}
        </h2>
        {aside}
      </div>
      {description ? <p className="mt-1 text-muted">{description}</p> : null}
      {children ? <div className="mt-5">{children}</div> : null}
    </section>
  );
}
