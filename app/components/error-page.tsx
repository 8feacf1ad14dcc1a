import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import type { TextKey } from "~/messages/en";
import { sayFrom } from "~/messages/text";
import { useRootData } from "~/root-data";
import { buttonClass } from "./button";
import { Logo } from "./logo";

// When not even the root could load, there is no catalogue.
const LAST_RESORT: Partial<Record<TextKey, string>> = {
  "error.title.500": "Something went wrong on our side",
  "error.text.500": "It is not your doing. What you sent is kept; try again in a moment.",
  "error.again": "Try again",
  "error.home": "To the start page",
};

/** For every error that no page caught: what happened in plain words, and a way on. Never the error's own text. */
export function ErrorPage() {
  const error = useRouteError();
  const texts = useRootData()?.texts;
  const t = texts ? sayFrom(texts) : (key: TextKey) => LAST_RESORT[key] ?? key;
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const kind = status === 404 || status === 403 ? status : 500;
  return (
    <main
      id="main"
      className="mx-auto flex min-h-[100dvh] max-w-lg flex-col items-start justify-center gap-4 px-6 py-16"
    >
      <title>{`${t(`error.title.${kind}`)} · HeraDesk`}</title>
      <Logo className="h-12 w-12" />
      <p className="text-sm font-medium tabular-nums text-text-muted">{status}</p>
      <h1 className="text-3xl font-semibold tracking-tight">{t(`error.title.${kind}`)}</h1>
      <p className="text-lg text-text-muted">{t(`error.text.${kind}`)}</p>
      <div className="mt-2 flex flex-wrap gap-3">
        {kind === 500 && (
          <a href="" className={buttonClass({ look: "primary" })}>
            {t("error.again")}
          </a>
        )}
        <a href="/" className={buttonClass({ look: kind === 500 ? "plain" : "primary" })}>
          {t("error.home")}
        </a>
      </div>
    </main>
  );
}
