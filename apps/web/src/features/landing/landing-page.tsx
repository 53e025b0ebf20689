import { Brand } from "../../components/brand.tsx";
import { buttonLook } from "../../components/button.tsx";
import { LegalLinks } from "../../components/legal-links.tsx";
import { usePageTitle } from "../../lib/use-page-title.ts";
import { landingTexts } from "../../texts/landing.ts";
import { EnterLink, EntryContext } from "./components/enter-link.tsx";
import { Preview } from "./components/preview.tsx";
import { Prices } from "./components/prices.tsx";

/** For visitors: what it is, what it looks like, what it costs, and the way in. */
export function LandingPage({ onEnter }: { onEnter: (path: string) => void }) {
  usePageTitle(landingTexts.tab);
  return (
    <EntryContext value={onEnter}>
      <div className="mx-auto max-w-[68rem] px-5 sm:px-8">
        <header className="flex items-center justify-between pt-[max(1.25rem,env(safe-area-inset-top))]">
          <Brand />
          <EnterLink to="/sign-in" className={buttonLook("quiet")}>
            {landingTexts.signIn}
          </EnterLink>
        </header>
        <main>
          <section className="grid items-center gap-10 py-12 sm:py-20 lg:grid-cols-[1.05fr_1fr] lg:gap-16">
            <div>
              <h1 className="text-display font-semibold tracking-tight">{landingTexts.title}</h1>
              <p className="mt-5 max-w-[34rem] text-lead text-muted">{landingTexts.lead}</p>
              <div className="mt-8 flex flex-wrap items-center gap-x-5 gap-y-3">
                <EnterLink to="/sign-up" className={`${buttonLook("primary")} max-sm:w-full`}>
                  {landingTexts.start}
                </EnterLink>
                <p className="text-small text-muted">{landingTexts.startNote}</p>
              </div>
            </div>
            <Preview />
          </section>
          <section aria-labelledby="ways" className="py-10 sm:py-14">
            <h2 id="ways" className="text-title">
              {landingTexts.waysTitle}
            </h2>
            <ul className="mt-7 grid gap-8 md:grid-cols-3 md:gap-10">
              {landingTexts.ways.map(({ title, text }) => (
                <li key={title}>
                  <h3 className="text-lead">{title}</h3>
                  <p className="mt-1.5 text-muted">{text}</p>
                </li>
              ))}
            </ul>
          </section>
          <Prices />
        </main>
        <footer className="py-10 text-small text-muted">
          <p>{landingTexts.footer}</p>
          <div className="mt-3">
            <LegalLinks
              link={(to, label, className) => (
                <EnterLink to={to} className={className}>
                  {label}
                </EnterLink>
              )}
            />
          </div>
        </footer>
      </div>
    </EntryContext>
  );
}
