import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Brand } from "../../../components/brand.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";

interface EntryPageProps {
  tab: string;
  title: string;
  lead?: string | undefined;
  children: ReactNode;
  footer?: ReactNode;
}

/** The quiet frame of sign-in and its neighbours: one column, one thing to do. */
export function EntryPage({ tab, title, lead, children, footer }: EntryPageProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[26rem] flex-col px-5 pt-[max(1.25rem,env(safe-area-inset-top))] pb-10">
      <header className="mb-10 sm:mt-[8dvh]">
        <Link to="/" className="inline-flex min-h-11 items-center rounded-md">
          <Brand />
        </Link>
      </header>
      <main>
        <PageHeading title={title} tab={tab}>
          {lead}
        </PageHeading>
        {children}
        {footer ? <p className="mt-8 text-muted">{footer}</p> : null}
      </main>
    </div>
  );
}

/** A text link of at least finger size in a line of its own words. */
export const textLink =
  "inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline";
