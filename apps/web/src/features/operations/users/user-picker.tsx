import { Combobox } from "@base-ui/react/combobox";
import { X } from "lucide-react";
import { useState } from "react";
import { failureOf } from "../../../lib/failure.ts";
import { useSettled } from "../../../lib/use-settled.ts";
import { failureText } from "../../../texts/failures.ts";
import { peopleTexts } from "../../../texts/operations-users.ts";
import { useFoundUsers } from "./hooks.ts";

const texts = peopleTexts.picker;
const SETTLE_MS = 200;

/** Who was picked, as far as it is shown. */
export interface PickedUser {
  id: string;
  name: string;
  email: string;
}

interface UserPickerProps {
  id: string;
  picked: PickedUser | null;
  onPick: (user: PickedUser | null) => void;
  placeholder?: string;
  describedBy?: string;
  isInvalid?: boolean;
}

/** Finds a user by name, e-mail or an id of theirs; arrows choose, Enter takes. */
export function UserPicker({ id, picked, onPick, placeholder, describedBy, isInvalid }: UserPickerProps) {
  const [typed, setTyped] = useState("");
  const asked = useSettled(typed.trim(), SETTLE_MS);
  const found = useFoundUsers(asked);
  const items: PickedUser[] = asked === "" ? [] : (found.data ?? []);
  const isSearching = asked !== typed.trim() || found.isFetching;
  return (
    <Combobox.Root
      items={items}
      value={picked}
      filter={null}
      autoHighlight
      itemToStringLabel={(user: PickedUser) => user.name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      onValueChange={onPick}
      onInputValueChange={(next, { reason }) => setTyped(reason === "item-press" ? "" : next)}
    >
      <Combobox.InputGroup className="relative">
        <Combobox.Input
          id={id}
          placeholder={placeholder}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          className="block min-h-11 w-full rounded-md border border-line-strong bg-surface py-2 pr-11 pl-3.5 text-text transition-colors duration-150 placeholder:text-muted hover:border-text/60 aria-invalid:border-danger"
        />
        <Combobox.Clear
          aria-label={texts.clear}
          className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-md text-muted hover:text-text"
        >
          <X aria-hidden="true" className="size-4" />
        </Combobox.Clear>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner className="z-20 outline-none" sideOffset={4}>
          <Combobox.Popup
            aria-busy={isSearching || undefined}
            className="max-h-[min(var(--available-height),20rem)] w-(--anchor-width) max-w-(--available-width) overflow-y-auto rounded-md border border-line bg-surface py-1 shadow-lift"
          >
            <Combobox.Status className="px-3.5 py-2 text-small text-muted empty:hidden">
              {statusOf({ asked, isSearching, error: found.error, count: items.length })}
            </Combobox.Status>
            <Combobox.List>
              {(user: PickedUser) => (
                <Combobox.Item
                  key={user.id}
                  value={user}
                  className="grid min-h-11 cursor-default content-center px-3.5 py-1.5 outline-none select-none data-highlighted:bg-sunken"
                >
                  <span className="truncate font-medium">{user.name}</span>
                  <span className="truncate text-small text-muted">{user.email}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

interface Search {
  asked: string;
  isSearching: boolean;
  error: unknown;
  count: number;
}

function statusOf({ asked, isSearching, error, count }: Search): string | null {
  if (count > 0) return null;
  if (isSearching) return texts.searching;
  if (error) return failureText(failureOf(error)).text;
  return asked === "" ? texts.begin : texts.none;
}
