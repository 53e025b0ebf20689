import { classNames } from "../../../lib/class-names.ts";
import { storyTexts } from "../../../texts/operations-users.ts";
import type { TimelineKind } from "./hooks.ts";
import { KIND_ICONS } from "./kind-look.ts";

const KINDS = Object.keys(storyTexts.kinds) as TimelineKind[];

/** The kinds in the address, in the order of the story; unknown ones are left out. */
export function readKinds(written: string | undefined): TimelineKind[] {
  const named = new Set(written?.split(","));
  return KINDS.filter((kind) => named.has(kind));
}

export const writeKinds = (kinds: readonly TimelineKind[]): string | null =>
  kinds.length === 0 ? null : kinds.join(",");

interface KindChipsProps {
  /** None: everything is shown. */
  kinds: readonly TimelineKind[];
  onChange: (kinds: TimelineKind[]) => void;
}

/** Which kinds of steps are shown. */
export function KindChips({ kinds, onChange }: KindChipsProps) {
  const toggle = (kind: TimelineKind) =>
    onChange(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
  return (
    <fieldset className="-mx-5 mb-5 flex min-w-0 gap-1.5 overflow-x-auto px-5 py-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
      <legend className="sr-only">{storyTexts.filter}</legend>
      <Chip isOn={kinds.length === 0} onPress={() => onChange([])}>
        {storyTexts.everything}
      </Chip>
      {KINDS.map((kind) => (
        <Chip key={kind} kind={kind} isOn={kinds.includes(kind)} onPress={() => toggle(kind)}>
          {storyTexts.kinds[kind]}
        </Chip>
      ))}
    </fieldset>
  );
}

interface ChipProps {
  kind?: TimelineKind;
  isOn: boolean;
  onPress: () => void;
  children: string;
}

function Chip({ kind, isOn, onPress, children }: ChipProps) {
  const Icon = kind && KIND_ICONS[kind];
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={classNames(
        "inline-flex min-h-8 shrink-0 items-center gap-1.5 rounded-full border px-3 text-small whitespace-nowrap transition-colors duration-150 pointer-coarse:min-h-11",
        isOn
          ? "border-accent bg-accent-soft font-medium text-accent"
          : "border-line text-muted hover:border-line-strong hover:text-text",
      )}
    >
      {Icon ? <Icon aria-hidden="true" className="size-3.5" /> : null}
      {children}
    </button>
  );
}
