import type { RefObject } from "react";
import { useText } from "~/messages/text";
import { Button } from "./button";
import { useHydrated } from "./use-hydrated";

const ACCOUNTS = [
  { username: "cs", password: "cs123" },
  { username: "admin", password: "admin123" },
];

/** The seeded accounts, for the local trial alone: a deployment refuses to start with them. */
export function DemoAccounts({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const t = useText();
  const hydrated = useHydrated();
  const use = (account: (typeof ACCOUNTS)[number]) => {
    for (const [name, value] of Object.entries(account)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.current?.requestSubmit();
  };
  return (
    <section className="mt-6 rounded-lg border border-dashed border-line-strong px-5 py-4 text-sm">
      <h2 className="font-semibold">{t("login.trial")}</h2>
      <p className="mt-0.5 text-text-muted">{t("login.trialNote")}</p>
      <ul className="mt-2 flex flex-col">
        {ACCOUNTS.map((account) => (
          <li key={account.username} className="flex min-h-[44px] items-center gap-2">
            <code className="flex-1 font-mono text-[0.8125rem]">
              {account.username} / {account.password}
            </code>
            {hydrated && (
              <Button type="button" size="sm" onClick={() => use(account)}>
                {t("login.use", { name: account.username })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
