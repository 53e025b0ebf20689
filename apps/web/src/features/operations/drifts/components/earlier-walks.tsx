import { formats } from "../../../../lib/format.ts";
import { driftTexts } from "../../../../texts/operations-ledger.ts";
import { DataList } from "../../parts/data-list.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Part } from "../../parts/part.tsx";
import { StatusPill } from "../../parts/status-pill.tsx";
import type { ConsoleList } from "../../parts/use-console-list.ts";
import type { Walk } from "../hooks.ts";
import { WALK_TONES } from "../walk-tones.ts";

const texts = driftTexts.walk;
const count = (walk: Walk, name: string): string => formats.number(walk.counts[name] ?? 0);

const COLUMNS: Column<Walk>[] = [
  { name: texts.columns.walk, cell: ({ id }) => <span className="font-medium">{texts.walkNo(id)}</span> },
  {
    name: texts.columns.state,
    cell: ({ state }) => <StatusPill tone={WALK_TONES[state]}>{texts.states[state]}</StatusPill>,
  },
  { name: texts.columns.found, isNumber: true, cell: (walk) => count(walk, "repaired") },
  { name: texts.columns.failed, isNumber: true, cell: (walk) => count(walk, "failed") },
  { name: texts.columns.began, cell: ({ started_at }) => <Moment at={started_at} /> },
  {
    name: texts.columns.ended,
    cell: ({ finished_at }) => (finished_at ? <Moment at={finished_at} /> : null),
  },
];

/** The walks before the last one. */
export function EarlierWalks({ walks }: { walks: ConsoleList<Walk> }) {
  const rows = walks.rows?.slice(1);
  if (!rows || rows.length === 0) return null;
  return (
    <Part title={texts.earlier}>
      <DataList
        label={texts.earlier}
        list={{ ...walks, rows }}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={{ title: texts.empty, text: texts.emptyText }}
      />
    </Part>
  );
}
