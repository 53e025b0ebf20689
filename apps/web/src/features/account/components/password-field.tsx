import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { TextField } from "../../../components/text-field.tsx";
import { accountTexts } from "../../../texts/account.ts";

interface PasswordFieldProps {
  label: string;
  name: string;
  autoComplete: "current-password" | "new-password";
  hint?: string;
  error?: string | undefined;
}

/** A password that can be looked at before it is sent. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Mark = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextField
        {...props}
        type={shown ? "text" : "password"}
        required
        style={{ paddingInlineEnd: "3rem" }}
      />
      <button
        type="button"
        aria-pressed={shown}
        aria-label={shown ? accountTexts.hidePassword : accountTexts.showPassword}
        onClick={() => setShown(!shown)}
        className="absolute top-[1.9rem] right-0 grid size-11 place-items-center rounded-md text-muted hover:text-text"
      >
        <Mark aria-hidden="true" className="size-5" />
      </button>
    </div>
  );
}
