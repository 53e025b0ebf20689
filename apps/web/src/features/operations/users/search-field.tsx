import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { peopleTexts } from "../../../texts/operations-users.ts";

const SETTLE_MS = 250;

/** Looks for somebody while one types; what is looked for stands in the address. */
export function SearchField({ value }: { value: string }) {
  const id = useId();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Who is typing is ahead of the address.
    if (!field.current || document.activeElement === field.current) return;
    clearTimeout(timer.current);
    field.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (typed: string) =>
    void navigate({
      to: ".",
      search: (known: Record<string, string>) => {
        const { q: _, ...others } = known;
        return typed === "" ? others : { ...others, q: typed };
      },
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="w-full min-[40rem]:w-96">
      <label htmlFor={id} className="mb-1 block text-small text-muted">
        {peopleTexts.search}
      </label>
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-muted"
        />
        <input
          ref={field}
          id={id}
          type="search"
          defaultValue={value}
          placeholder={peopleTexts.picker.hint}
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          aria-describedby={`${id}-hint`}
          onChange={({ currentTarget }) => {
            const typed = currentTarget.value.trim();
            clearTimeout(timer.current);
            timer.current = setTimeout(() => take(typed), SETTLE_MS);
          }}
          className="block min-h-11 w-full rounded-md border border-line-strong bg-surface py-1.5 pr-3 pl-10 text-text placeholder:text-muted hover:border-text/60"
        />
        <p id={`${id}-hint`} className="sr-only">
          {peopleTexts.searchHint}
        </p>
      </div>
    </div>
  );
}
