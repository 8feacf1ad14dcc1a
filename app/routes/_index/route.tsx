import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { buttonClass } from "~/components/button";
import { LanguageSwitch } from "~/components/language-switch";
import { SiteHeader } from "~/components/site-header";
import { useText } from "~/messages/text";
import type { loader as rootLoader } from "~/root";
import { customerPage } from "./customer-page.server";
import { answerIntent } from "./intents.server";
import { EarlierChats } from "./earlier-chats";
import { Landing } from "./landing";
import { ChatPanel } from "./chat-panel";

export const loader = ({ request }: LoaderFunctionArgs) => customerPage(request);

export const action = ({ request, context }: ActionFunctionArgs) => answerIntent(request, context.clientIp);

// Somebody's conversation: no shared cache may keep it, and Back asks again instead of showing an old one.
export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction<typeof loader, { root: typeof rootLoader }> = ({ matches }) => {
  const texts = matches.find((match) => match.id === "root")?.data?.texts;
  return [
    { title: texts?.["landing.title"] ?? "HeraDesk" },
    { name: "description", content: texts?.["landing.description"] ?? "" },
  ];
};

export default function CustomerPage() {
  const t = useText();
  const page = useLoaderData<typeof loader>();
  // Once somebody is talking, a phone shows the conversation and nothing else.
  const besideChat = page.chat ? "max-md:hidden" : "";
  return (
    <div className="feathers flex min-h-[100dvh] flex-col">
      <SiteHeader className={besideChat}>
        <Link to="/login" className={buttonClass({ look: "quiet" })}>
          {t("app.signIn")}
        </Link>
      </SiteHeader>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto grid w-full max-w-6xl flex-1 content-start gap-x-16 gap-y-8 outline-none grid-cols-[minmax(0,1fr)] md:grid-cols-[minmax(0,1.05fr)_minmax(0,1fr)] md:content-center md:px-8 md:pb-24 md:pt-4"
      >
        <div className={`px-4 pt-2 sm:px-8 md:px-0 md:pt-10 ${besideChat}`}>
          <Landing online={page.chat ? null : page.online} welcome={page.welcome} />
          <EarlierChats chats={page.past} className="max-md:hidden" />
        </div>
        <ChatPanel page={page} />
        {!page.chat && <EarlierChats chats={page.past} className="px-4 pb-10 sm:px-8 md:hidden" />}
      </main>
      <footer className={`mx-auto w-full max-w-6xl px-2 pb-4 text-sm sm:px-6 ${besideChat}`}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
