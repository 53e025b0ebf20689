import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { formats } from "../../../lib/format.ts";
import type { Block, Section } from "../../../texts/legal/document.ts";
import { legalTexts } from "../../../texts/legal/links.ts";

/** A text of sections, with its date and a way to each of them. */
export function LegalText({ sections, validFrom }: { sections: readonly Section[]; validFrom: string }) {
  useEffect(() => {
    // The text comes after the page: only now there is something to go to.
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <>
      <p className="text-small text-muted">
        {legalTexts.updated(formats.date(`${validFrom}T12:00:00.000Z`))}
      </p>
      <nav aria-label={legalTexts.contents} className="mt-6 rounded-md bg-sunken px-5 py-3">
        <ol className="grid gap-x-6 sm:grid-cols-2">
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className={classNames(LINK, "text-small")}>
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {sections.map(({ id, title, blocks }) => (
        <section key={id} aria-labelledby={id} className="mt-9 grid gap-3">
          <h2 id={id} className="scroll-mt-6 text-lead">
            {title}
          </h2>
          {blocks.map((block) => (
            <LegalBlock key={JSON.stringify(block)} block={block} />
          ))}
        </section>
      ))}
    </>
  );
}

const LINK =
  "inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline justify-self-start";

function LegalBlock({ block }: { block: Block }) {
  if (typeof block === "string") return <p className="text-pretty">{block}</p>;
  if ("list" in block) {
    return (
      <ul className="grid list-disc gap-2 pl-5 marker:text-muted">
        {block.list.map((item) => (
          <li key={item} className="pl-1">
            {item}
          </li>
        ))}
      </ul>
    );
  }
  if ("form" in block) {
    return (
      <div className="grid gap-3 rounded-md border border-line bg-surface p-5 [overflow-wrap:anywhere]">
        {block.form.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    );
  }
  return (
    <Link to={block.to} className={LINK}>
      {block.label}
    </Link>
  );
}
