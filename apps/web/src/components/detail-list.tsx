import type { ReactNode } from "react";

interface Detail {
  name: string;
  value: ReactNode;
}

/** Names and what they are, in two columns as soon as there is room. Figures line up. */
export function DetailList({ details }: { details: Detail[] }) {
  return (
    <dl className="grid gap-2.5 tabular-nums sm:gap-y-2.5">
      {details.map(({ name, value }) => (
        <div key={name} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
