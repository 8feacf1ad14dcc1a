import { Form } from "@remix-run/react";
import MonitorSmartphone from "lucide-react/icons/monitor-smartphone";
import { FormToken } from "~/auth/form-token";
import type { OwnSession } from "~/auth/own-sessions.server";
import { Banner } from "~/components/banner";
import { Button } from "~/components/button";
import { ConfirmButton } from "~/components/confirm-button";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { forgetStaffTexts } from "~/realtime/client/forget-texts";
import { useStaffText } from "~/messages/staff-text";
import { browserName } from "../cs.chats.$id/browser-name";

/** Every browser and program that is signed in to this account. */
export function SessionList({ sessions, problem }: { sessions: OwnSession[]; problem?: string }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="sessions" className="card p-5 sm:p-6">
      <h2 id="sessions" className="text-base font-semibold">
        {t("account.sessions")}
      </h2>
      <p className="mt-1 text-text-muted">{t("account.sessions.hint")}</p>
      {problem && (
        <div className="mt-4">
          <Banner tone="refused">{problem}</Banner>
        </div>
      )}
      <ul className="mt-3 [&>li:not(:first-child)]:border-t">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <div className="mt-1 border-t border-line pt-4">
        <ConfirmButton
          danger
          label={t("account.everywhere")}
          title={t("account.everywhere.title")}
          confirm={t("account.everywhere.confirm")}
          cancel={t("account.cancel")}
          fields={{ intent: "everywhere" }}
          onConfirm={forgetStaffTexts}
        >
          {t("account.everywhere.text", { count: sessions.length })}
        </ConfirmButton>
      </div>
    </section>
  );
}

function SessionRow({ session }: { session: OwnSession }) {
  const t = useStaffText();
  const name = browserName(session.userAgent) ?? t("account.session.unknown");
  return (
    <li className="flex items-center gap-3 border-line py-3">
      <MonitorSmartphone size={18} aria-hidden="true" className="shrink-0 text-text-muted" />
      <div className="min-w-0 flex-1">
        <p
          className="break-anywhere flex flex-wrap items-center gap-x-2 font-medium"
          title={session.userAgent ?? undefined}
        >
          {name}
          {session.current && <Pill tone="accent">{t("account.session.current")}</Pill>}
        </p>
        <p className="break-anywhere text-text-muted">
          {session.ip && <bdi>{session.ip} · </bdi>}
          {t("account.session.seen")} <DateTime iso={session.seenAt} />, {t("account.session.since")}{" "}
          <DateTime iso={session.signedInAt} />
        </p>
      </div>
      {!session.current && (
        <Form method="post">
          <FormToken />
          <input type="hidden" name="intent" value="end" />
          <input type="hidden" name="sid" value={session.id} />
          <Button size="sm" aria-label={t("account.session.end.label", { name })}>
            {t("account.session.end")}
          </Button>
        </Form>
      )}
    </li>
  );
}
