import { Form } from "@remix-run/react";
import MonitorSmartphone from "lucide-react/icons/monitor-smartphone";
import { FormToken } from "~/auth/form-token";
import type { OwnSession } from "~/auth/own-sessions.server";
import { Button } from "~/components/button";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import { browserName } from "../cs.chats.$id/browser-name";

/** Every browser and program that is signed in to this account. */
export function SessionList({ sessions, problem }: { sessions: OwnSession[]; problem?: string }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="sessions" className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
      <h2 id="sessions" className="text-base font-semibold">
        {t("account.sessions")}
      </h2>
      <p className="mt-1 text-text-muted">{t("account.sessions.hint")}</p>
      {problem && (
        <p role="alert" className="mt-3 font-medium text-danger">
          {problem}
        </p>
      )}
      <ul className="mt-3 [&>li:not(:first-child)]:border-t">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <Form method="post" className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <FormToken />
        <input type="hidden" name="intent" value="everywhere" />
        <Button look="danger" size="sm">
          {t("account.everywhere")}
        </Button>
        <span className="text-text-muted">{t("account.everywhere.hint")}</span>
      </Form>
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
        <p className="truncate font-medium" title={session.userAgent ?? undefined}>
          {name}
          {session.current && (
            <span className="ms-2 font-normal text-accent-strong">{t("account.session.current")}</span>
          )}
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
