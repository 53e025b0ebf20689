import type { ReactNode } from "react";
import { BrandMark } from "./brand.tsx";

interface FullPageMessageProps {
  title: string;
  text: string;
  actions: ReactNode;
  /** It stands inside a page that has its own main part. */
  inside?: boolean;
}

/** A page with one thing to say and what to press. */
export function FullPageMessage({ title, text, actions, inside = false }: FullPageMessageProps) {
  const Frame = inside ? "div" : "main";
  return (
    <Frame className="mx-auto grid min-h-[70dvh] max-w-md content-center justify-items-start gap-4 p-6">
      <BrandMark className="size-10" />
      <h1 className="text-title">{title}</h1>
      <p className="text-muted">{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </Frame>
  );
}
