import type { Reported } from "@liveassist/api/contract";
import { Link } from "@tanstack/react-router";
import { formats } from "../../../lib/format.ts";
import { operationsTexts } from "../../../texts/operations.ts";

const texts = operationsTexts.reports;

/** Why people reported a post, and when. */
export function Reasons({ reports }: Pick<Reported, "reports">) {
  return (
    <section className="mt-4 rounded-md bg-sunken p-4">
      <h3 className="text-small font-medium">{texts.count(reports.length)}</h3>
      <ul className="mt-2 grid gap-2">
        {reports.map(({ reporter_id, reason, created_at }) => (
          <li key={reporter_id} className="text-small">
            <p className="[overflow-wrap:anywhere]">{reason}</p>
            <p className="flex flex-wrap items-center gap-x-2 text-muted">
              <time dateTime={created_at}>{formats.dateTime(created_at)}</time>
              <Link
                to="/people/$userId"
                params={{ userId: reporter_id }}
                className="inline-flex min-h-11 items-center text-accent underline-offset-4 hover:underline"
              >
                {texts.reportedBy}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
