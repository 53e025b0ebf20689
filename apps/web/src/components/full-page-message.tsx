import type { ReactNode } from "react";
import { BrandMark } from "./brand.tsx";

/** A page with one thing to say and what to press. */
export function FullPageMessage({
  title,
  text,
  actions,
}: {
  title: string;
  text: string;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-[70dvh] max-w-md content-center justify-items-start gap-4 p-6">
      <BrandMark className="size-10" />
      <h1 className="text-title">{title}</h1>
      <p className="text-muted">{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
