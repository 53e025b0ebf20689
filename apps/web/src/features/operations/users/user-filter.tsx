import { useId } from "react";
import { peopleTexts } from "../../../texts/operations-users.ts";
import type { Filters } from "../parts/use-filters.ts";
import { useOneUser } from "./hooks.ts";
import { UserPicker } from "./user-picker.tsx";

interface UserFilterProps<Name extends string> {
  filters: Filters<Name>;
  name: Name;
  label: string;
}

/** One user of a list; the address holds their id, the field shows their name. */
export function UserFilter<Name extends string>({ filters, name, label }: UserFilterProps<Name>) {
  const id = useId();
  const userId = filters.values[name];
  const { data } = useOneUser(userId);
  const isKnown = data?.id === userId;
  const picked = userId ? { id: userId, name: isKnown && data ? data.name : userId, email: "" } : null;
  return (
    <div className="w-full min-[26rem]:w-56">
      <label htmlFor={id} className="mb-1 block text-small text-muted">
        {label}
      </label>
      <UserPicker
        id={id}
        picked={picked}
        placeholder={peopleTexts.picker.hint}
        onPick={(user) => filters.set(name, user?.id ?? null)}
      />
    </div>
  );
}
