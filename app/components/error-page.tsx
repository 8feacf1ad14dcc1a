import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { buttonClass } from "./button";
import { useErrorText } from "./error-text";
import { KeptForm, useKeptForm } from "./kept-form";
import { Logo } from "./logo";

/** For every error that no page caught: what happened in plain words, and a way on. Never the error's own text. */
export function ErrorPage() {
  const error = useRouteError();
  const t = useErrorText();
  const kept = useKeptForm();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const kind = status === 404 || status === 403 ? status : 500;
  const mayRepeat = kind === 500 && !kept;
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
      <KeptForm />
      <div className="mt-2 flex flex-wrap gap-3">
        {mayRepeat && (
          <a href="" className={buttonClass({ look: "primary" })}>
            {t("error.again")}
          </a>
        )}
        <a href="/" className={buttonClass({ look: mayRepeat || kept ? "plain" : "primary" })}>
          {t("error.home")}
        </a>
      </div>
    </main>
  );
}
