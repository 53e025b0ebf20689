import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../lib/class-names.ts";
import { Spinner } from "./spinner.tsx";

type Tone = "calm" | "busy" | "good" | "attention" | "problem";

const LOOKS: Record<Tone, string> = {
  calm: "bg-sunken",
  busy: "bg-accent-soft",
  good: "bg-accent-soft",
  attention: "bg-sunken",
  problem: "bg-danger-soft",
};

const MARKS: Record<Tone, ReactNode> = {
  calm: <Info aria-hidden="true" className="size-5 text-muted" />,
  busy: (
    <span className="grid size-5 place-items-center text-accent">
      <Spinner />
    </span>
  ),
  good: <CircleCheck aria-hidden="true" className="size-5 text-accent" />,
  attention: <CircleAlert aria-hidden="true" className="size-5 text-text" />,
  problem: <CircleAlert aria-hidden="true" className="size-5 text-danger" />,
};

interface NoticeProps {
  tone: Tone;
  title: string;
  children?: ReactNode;
  /** Buttons, below the words. */
  actions?: ReactNode;
  dismiss?: { label: string; onPress: () => void };
  /** Spoken when it appears; off for what is part of a page from the start. */
  live?: boolean;
}

/** Says what happened, what it means and what to press. Problems interrupt a screen reader, the rest waits its turn. */
export function Notice({ tone, title, children, actions, dismiss, live = true }: NoticeProps) {
  const role = tone === "problem" ? "alert" : "status";
  return (
    <div
      role={live ? role : undefined}
      className={classNames("flex animate-appear gap-3 rounded-md p-4", LOOKS[tone])}
    >
      <span className="mt-0.5 shrink-0">{MARKS[tone]}</span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children ? (
          <div className="mt-1 text-small text-muted [overflow-wrap:anywhere]">{children}</div>
        ) : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {dismiss ? (
        <button
          type="button"
          onClick={dismiss.onPress}
          aria-label={dismiss.label}
          className="-m-2.5 grid size-11 shrink-0 place-items-center rounded-md text-muted hover:text-text"
        >
          <X aria-hidden="true" className="size-5" />
        </button>
      ) : null}
    </div>
  );
}
