import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useId, useState, type KeyboardEvent } from "react";
import { useText } from "~/messages/text";
import { IconButton } from "./button";
import { describedBy, FieldFrame } from "./field";
import { useHydrated } from "./use-hydrated";

/** A password that can be looked at, and a word when Caps Lock is on; without scripts, a plain password field. */
export function PasswordField({
  label,
  error,
  hint: told,
  name = "password",
  autoComplete = "current-password",
}: {
  label: string;
  error?: string;
  hint?: string;
  name?: string;
  autoComplete?: "current-password" | "new-password";
}) {
  const t = useText();
  const id = useId();
  const hydrated = useHydrated();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  const hint = capsLock ? <span role="status">{t("login.capsLock")}</span> : told;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          id={id}
          name={name}
          type={shown ? "text" : "password"}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          onKeyDown={watch}
          onKeyUp={watch}
          onBlur={() => setCapsLock(false)}
          aria-invalid={error ? true : undefined}
          {...describedBy(id, hint, error)}
          className={`input ${hydrated ? "pe-12" : ""}`}
        />
        {hydrated && (
          <IconButton
            type="button"
            label={t(shown ? "login.hide" : "login.show")}
            className="absolute end-0.5 top-0.5"
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
          </IconButton>
        )}
      </div>
    </FieldFrame>
  );
}
