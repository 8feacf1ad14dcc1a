import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import Download from "lucide-react/icons/download";
import Printer from "lucide-react/icons/printer";
import { Banner } from "~/components/banner";
import { Button, buttonClass } from "~/components/button";
import { ConfirmButton } from "~/components/confirm-button";
import { SiteHeader } from "~/components/site-header";
import { DateTime } from "~/components/time";
import { TranscriptRow } from "~/components/transcript-row";
import { useHydrated } from "~/components/use-hydrated";
import { sayFrom, useText } from "~/messages/text";
import type { loader as rootLoader } from "~/root";
import { eraseFor, transcriptFor } from "./transcript.server";

export const loader = ({ request, params }: LoaderFunctionArgs) => transcriptFor(request, params.id);

export const action = ({ request, params }: ActionFunctionArgs) => eraseFor(request, params.id);

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction<typeof loader, { root: typeof rootLoader }> = ({ data, matches }) => {
  const texts = matches.find((match) => match.id === "root")?.data?.texts;
  const t = texts && sayFrom(texts);
  const name = data?.chat.agent?.name;
  const title = t && (name ? t("transcript.title", { name }) : t("transcript.titleNobody"));
  return [{ title: title ? `${title} · HeraDesk` : "HeraDesk" }, { name: "robots", content: "noindex" }];
};

/** A conversation made to be read again, printed or kept. */
export default function Transcript() {
  const t = useText();
  const hydrated = useHydrated();
  const { chat, messages, mayErase } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <SiteHeader className="print:hidden" />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-3xl px-4 pb-16 outline-none sm:px-8 print:max-w-none print:p-0"
      >
        <div className="flex flex-wrap gap-2 print:hidden">
          <Link to="/" className={`${buttonClass({ look: "quiet" })} -ms-3 me-auto min-h-[44px]`}>
            <ArrowLeft size={18} aria-hidden="true" className="rtl:rotate-180" />
            {t("transcript.back")}
          </Link>
          {hydrated && (
            <Button type="button" className="min-h-[44px]" onClick={() => print()}>
              <Printer size={18} aria-hidden="true" />
              {t("transcript.print")}
            </Button>
          )}
          <a href={`/chats/${chat.id}.txt`} download className={`${buttonClass()} min-h-[44px]`}>
            <Download size={18} aria-hidden="true" />
            {t("transcript.download")}
          </a>
          {mayErase && (
            <ConfirmButton
              danger
              label={t("erase.open")}
              title={t("erase.title")}
              confirm={t("erase.confirm")}
              cancel={t("erase.cancel")}
              fields={{ intent: "erase" }}
            >
              {t("erase.text")}
            </ConfirmButton>
          )}
        </div>
        {refusal && <Banner tone="refused">{refusal.message}</Banner>}
        <h1 className="break-anywhere mt-6 text-2xl font-semibold tracking-tight sm:text-3xl print:mt-0">
          {chat.agent ? t("transcript.title", { name: chat.agent.name }) : t("transcript.titleNobody")}
        </h1>
        <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm text-text-muted">
          <Fact label={t("transcript.began")}>
            <DateTime iso={chat.createdAt} />
          </Fact>
          <Fact label={t("transcript.ended")}>
            {chat.endedAt ? <DateTime iso={chat.endedAt} /> : t("transcript.open")}
          </Fact>
          {chat.rating !== null && (
            <Fact label={t("transcript.rating")}>{t("past.rated", { rating: chat.rating })}</Fact>
          )}
        </dl>
        <ol className="card mt-6 divide-y divide-line px-4 sm:px-6 print:border-0 print:px-0 print:shadow-none">
          {messages.map((message) => (
            <TranscriptRow key={message.seq} message={message} />
          ))}
        </ol>
      </main>
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt>{label}:</dt>
      <dd className="text-text">{children}</dd>
    </div>
  );
}
