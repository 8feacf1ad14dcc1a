import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ownSessions } from "~/auth/own-sessions.server";
import { requireStaff } from "~/auth/require.server";
import { secondFactorOf } from "~/auth/second-factor.server";
import { Banner } from "~/components/banner";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { answerIntent } from "./actions.server";
import { PasswordForm } from "./password-form";
import { SecondFactorCard } from "./second-factor-card";
import { SessionList } from "./session-list";

const DONE = {
  ended: "account.session.ended",
  changed: "account.password.changed",
  removed: "factor.removed",
} as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const [sessions, factor] = await Promise.all([ownSessions(staff), secondFactorOf(staff.userId)]);
  const params = new URL(request.url).searchParams;
  const done = (["ended", "changed", "removed"] as const).find((name) => params.has(name));
  const { name, username, role } = staff;
  return { sessions, factor, done, who: { name, username, role }, title: staffTextsFor(request)["account.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(await requireStaff(request), request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Account"} · HeraDesk` }];

/** What keeps one's own account one's own. */
export default function AccountPage() {
  const t = useStaffText();
  const { sessions, factor, done, who } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const refused = (intent: string) => (refusal?.kept.intent === intent ? refusal : undefined);
  return (
    <>
      <PageHead title={t("account.title")} intro={`${who.name} · ${who.username} · ${t(`role.${who.role}`)}`} />
      {done && !refusal && <Banner tone="done">{t(DONE[done])}</Banner>}
      <SessionList sessions={sessions} problem={(refused("end") ?? refused("everywhere"))?.message} />
      <PasswordForm key={done} refusal={refused("password")} />
      <SecondFactorCard factor={factor} />
    </>
  );
}
