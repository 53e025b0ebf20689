import { type FormEvent, useRef, useState } from "react";
import { type Failure, failureOf } from "./failure.ts";

interface Submit {
  busy: boolean;
  failure: Failure | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/**
 * Runs a form's work once at a time. `work` gets the form's text fields; what it throws becomes `failure`. After a
 * failed check or answer the first field marked wrong takes the focus.
 */
export function useSubmit(work: (fields: Record<string, string>) => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);

  const run = async (form: HTMLFormElement) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await work(textFields(form));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      running.current = false;
      setBusy(false);
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    }
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void run(event.currentTarget);
  };
  return { busy, failure, onSubmit };
}

function textFields(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields[name] = value;
  return fields;
}
