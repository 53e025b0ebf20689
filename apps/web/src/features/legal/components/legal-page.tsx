import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Brand } from "../../../components/brand.tsx";
import { LegalFooter } from "../../../components/legal-footer.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";

interface LegalPageProps {
  tab: string;
  title: string;
  lead: string;
  children: ReactNode;
}

/** A page to read, for everybody, signed in or not. */
export function LegalPage({ tab, title, lead, children }: LegalPageProps) {
  return (
    <div className="mx-auto max-w-[42.5rem] px-5 pt-[max(1.25rem,env(safe-area-inset-top))] pb-10">
      <header className="mb-8 sm:mb-12">
        <Link to="/" className="inline-flex min-h-11 items-center rounded-md">
          <Brand />
        </Link>
      </header>
      <main>
        <PageHeading tab={tab} title={title}>
          {lead}
        </PageHeading>
        {children}
      </main>
      <LegalFooter />
    </div>
  );
}
