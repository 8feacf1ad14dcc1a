import { useFetcher, useLocation } from "@remix-run/react";
import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { FormToken } from "~/auth/form-token";
import { useText } from "~/messages/text";
import { useRootData } from "~/root-data";
import { asTheme, THEMES } from "~/theme";

const ICONS = { light: Sun, dark: Moon, system: Monitor };

/** Three buttons of one form. The choice is kept in a cookie, so that the next page comes in the right colours. */
export function ThemeSwitch({ className = "" }: { className?: string }) {
  const t = useText();
  const fetcher = useFetcher({ key: "theme" });
  const { pathname, search } = useLocation();
  const theme = useChosenTheme();
  return (
    <fetcher.Form method="post" action="/theme" preventScrollReset className={className}>
      <FormToken />
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <fieldset className="flex gap-0.5 rounded-full border border-line bg-surface p-0.5">
        <legend className="sr-only">{t("app.theme")}</legend>
        {THEMES.map((name) => {
          const Icon = ICONS[name];
          return (
            <button
              key={name}
              name="theme"
              value={name}
              title={t(`app.theme.${name}`)}
              aria-label={t(`app.theme.${name}`)}
              aria-pressed={theme === name}
              className="grid h-8 w-8 place-items-center rounded-full text-text-muted transition-colors duration-150 hover:text-text aria-pressed:bg-surface-2 aria-pressed:text-text"
            >
              <Icon size={16} aria-hidden="true" />
            </button>
          );
        })}
      </fieldset>
    </fetcher.Form>
  );
}

/** What was just pressed, else what the cookie says. */
export function useChosenTheme() {
  const pressed = useFetcher({ key: "theme" }).formData?.get("theme");
  const saved = useRootData()?.theme ?? "system";
  return pressed ? asTheme(pressed) : saved;
}
