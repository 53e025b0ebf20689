import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { consoleTexts } from "../../../texts/operations-console.ts";
import type { Filters } from "./use-filters.ts";

const FIELD =
  "block min-h-11 w-full rounded-md border border-line-strong bg-surface px-3 py-1.5 text-text placeholder:text-muted hover:border-text/60";

/** The filters of a list, in one row where there is room. */
export function FilterBar({
  filters,
  children,
}: {
  filters: Pick<Filters<string>, "isFiltered" | "clear">;
  children: ReactNode;
}) {
  return (
    <search aria-label={consoleTexts.filters.label} className="mb-5 flex flex-wrap items-end gap-3">
      {children}
      {filters.isFiltered ? (
        <button
          type="button"
          onClick={filters.clear}
          className="inline-flex min-h-11 items-center gap-1.5 rounded-md px-3 font-medium text-accent hover:bg-accent-soft"
        >
          <X aria-hidden="true" className="size-4" />
          {consoleTexts.filters.clear}
        </button>
      ) : null}
    </search>
  );
}

interface FilterProps<Name extends string> {
  filters: Filters<Name>;
  name: Name;
  label: string;
}

/** One of a few; "Any" is none. */
export function SelectFilter<Name extends string>({
  filters,
  name,
  label,
  options,
  any = consoleTexts.filters.any,
}: FilterProps<Name> & { options: readonly { value: string; label: string }[]; any?: string }) {
  const id = useId();
  return (
    <Field id={id} label={label} width="w-full min-[26rem]:w-44">
      <select
        id={id}
        value={filters.values[name] ?? ""}
        onChange={({ currentTarget }) => filters.set(name, currentTarget.value)}
        className={FIELD}
      >
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Words or an id; they count once Enter is pressed or the field is left. */
export function TextFilter<Name extends string>({
  filters,
  name,
  label,
  placeholder,
}: FilterProps<Name> & { placeholder?: string }) {
  const id = useId();
  const value = filters.values[name] ?? "";
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = value;
  }, [value]);
  const take = () => {
    const next = field.current?.value.trim() ?? "";
    if (next !== value) filters.set(name, next);
  };
  return (
    <Field id={id} label={label} width="w-full min-[26rem]:w-56">
      <input
        ref={field}
        id={id}
        type="search"
        defaultValue={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onBlur={take}
        onKeyDown={({ key }) => key === "Enter" && take()}
        className={FIELD}
      />
    </Field>
  );
}

/** A moment; in the address it stands as an ISO time. */
export function TimeFilter<Name extends string>({ filters, name, label }: FilterProps<Name>) {
  const id = useId();
  const value = localMinute(filters.values[name]);
  return (
    <Field id={id} label={label} width="w-full min-[26rem]:w-56">
      <input
        key={value}
        id={id}
        type="datetime-local"
        defaultValue={value}
        onBlur={({ currentTarget }) => {
          const at = Date.parse(currentTarget.value);
          const next = Number.isNaN(at) ? null : new Date(at).toISOString();
          if (currentTarget.value !== value) filters.set(name, next);
        }}
        className={FIELD}
      />
    </Field>
  );
}

function Field(props: { id: string; label: string; width: string; children: ReactNode }) {
  return (
    <div className={props.width}>
      <label htmlFor={props.id} className="mb-1 block text-small text-muted">
        {props.label}
      </label>
      {props.children}
    </div>
  );
}

/** An ISO time as `datetime-local` wants it, in the reader's zone; empty for what is none. */
function localMinute(iso: string | undefined): string {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return "";
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
