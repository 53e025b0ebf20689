import { flagTexts as texts } from "../../../texts/operations-ledger.ts";
import { Copyable } from "../parts/copyable.tsx";
import type { Column } from "../parts/data-table.tsx";
import { Moment } from "../parts/moment.tsx";
import { RowButton } from "../parts/row-button.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { ShortId } from "../parts/short-id.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import type { Flag } from "./hooks.ts";

/** What a kind of flag is called. */
export const kindOf = ({ kind }: Pick<Flag, "kind">): string => texts.kinds[kind] ?? kind;

interface FlagDeeds {
  /** The flag that is being noted. */
  busyWith: string | undefined;
  onLooked: (flag: Flag) => void;
}

/** What is told of each flag; an open one can be put aside. */
export const flagColumns = ({ busyWith, onLooked }: FlagDeeds): Column<Flag>[] => [
  {
    name: texts.columns.kind,
    cell: (flag) => (
      <>
        <span className="font-medium">{kindOf(flag)}</span>
        {flag.resolved_at ? null : <span className="block text-muted">{texts.todo[flag.kind]}</span>}
      </>
    ),
  },
  {
    name: texts.columns.who,
    cell: ({ user_id }) => (
      <SectionLink section="users" item={user_id}>
        <ShortId id={user_id} />
      </SectionLink>
    ),
  },
  {
    name: texts.columns.object,
    cell: ({ object_id, kept_id }) => (
      <span className="grid justify-items-start">
        <Copyable id={object_id} label={object_id} />
        {kept_id ? (
          <span className="text-muted">
            {texts.kept} <Copyable id={kept_id} label={kept_id} />
          </span>
        ) : null}
      </span>
    ),
  },
  { name: texts.columns.found, cell: ({ found_at }) => <Moment at={found_at} /> },
  {
    name: texts.columns.state,
    cell: ({ resolved_at }) =>
      resolved_at ? (
        <span className="flex flex-wrap items-center gap-2">
          <StatusPill tone="good">{texts.looked}</StatusPill>
          <Moment at={resolved_at} />
        </span>
      ) : (
        <StatusPill tone="problem">{texts.isOpen}</StatusPill>
      ),
  },
  {
    name: texts.columns.look,
    isAction: true,
    cell: (flag) =>
      flag.resolved_at ? null : (
        <RowButton
          aria-label={texts.lookLabel(kindOf(flag), flag.object_id)}
          busy={busyWith === flag.id}
          onClick={() => onLooked(flag)}
        >
          {busyWith === flag.id ? texts.looking : texts.look}
        </RowButton>
      ),
  },
];
