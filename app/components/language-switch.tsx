import { useLocation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { LANGUAGE_CODES, LANGUAGES } from "~/messages/languages";
import { useText } from "~/messages/text";
import { useRootData } from "~/root-data";

/** Each language by its own name: whoever is in the wrong one finds theirs. A page of its own, so that all of it changes. */
export function LanguageSwitch({ className = "" }: { className?: string }) {
  const t = useText();
  const { pathname, search } = useLocation();
  const language = useRootData()?.language ?? "en";
  return (
    <form method="post" action="/language" className={className}>
      <FormToken />
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <fieldset className="flex flex-wrap gap-x-1">
        <legend className="sr-only">{t("app.language")}</legend>
        {LANGUAGE_CODES.map((code) => (
          <button
            key={code}
            name="language"
            value={code}
            lang={code}
            aria-pressed={language === code}
            className="min-h-[28px] rounded px-2 text-text-muted transition-colors duration-150 hover:text-text aria-pressed:font-medium aria-pressed:text-text"
          >
            {LANGUAGES[code]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
