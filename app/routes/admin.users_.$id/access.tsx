import KeyRound from "lucide-react/icons/key-round";
import LogOut from "lucide-react/icons/log-out";
import ShieldOff from "lucide-react/icons/shield-off";
import UserCheck from "lucide-react/icons/user-check";
import UserX from "lucide-react/icons/user-x";
import type { ReactNode } from "react";
import { ConfirmButton } from "~/components/confirm-button";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import type { UserEntry } from "~/people/list-users.server";

/** Whether somebody can get in, and the ways to change that. Each says first what it does. */
export function Access({ user, self }: { user: UserEntry; self: boolean }) {
  const t = useStaffText();
  const { name, disabledAt, signIns, lastSignInAt, createdAt, activeChats, hasSecondFactor } = user;
  const cancel = t("users.cancel");
  return (
    <section aria-labelledby="access" className="card p-5">
      <h2 id="access" className="flex items-center gap-2 font-semibold">
        {t("users.access")}
        {disabledAt && <Pill tone="danger">{t("users.disabled")}</Pill>}
      </h2>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <Fact label={t("users.signIns")}>{signIns}</Fact>
        <Fact label={t("users.lastSignIn")}>{lastSignInAt ? <DateTime iso={lastSignInAt} /> : t("users.never")}</Fact>
        <Fact label={t("factor.title")}>{t(hasSecondFactor ? "users.factor.on" : "users.factor.off")}</Fact>
        <Fact label={t("users.since")}>
          <DateTime iso={createdAt} />
        </Fact>
        <Fact label={t("users.holds")}>{activeChats}</Fact>
      </dl>
      <div className="mt-4 flex flex-col items-start gap-2 border-t border-line pt-4">
        {!disabledAt && (
          <>
            <ConfirmButton
              label={<Label icon={<KeyRound size={16} />} text={t("users.reset")} />}
              title={t("users.reset.title", { name })}
              confirm={t("users.reset.confirm")}
              {...{ cancel, fields: { intent: "reset" } }}
            >
              {t("users.reset.text")}
            </ConfirmButton>
            <ConfirmButton
              label={<Label icon={<LogOut size={16} />} text={t("users.signOut")} />}
              title={t("users.signOut.title", { name })}
              confirm={t("users.signOut.confirm")}
              {...{ cancel, fields: { intent: "signOut" } }}
            >
              {t("users.signOut.text", { count: signIns })}
            </ConfirmButton>
          </>
        )}
        {hasSecondFactor && !self && (
          <ConfirmButton
            danger
            label={<Label icon={<ShieldOff size={16} />} text={t("users.factor")} />}
            title={t("users.factor.title", { name })}
            confirm={t("users.factor.confirm")}
            {...{ cancel, fields: { intent: "resetFactor" } }}
          >
            {t("users.factor.text")}
          </ConfirmButton>
        )}
        {disabledAt ? (
          <ConfirmButton
            label={<Label icon={<UserCheck size={16} />} text={t("users.enable")} />}
            title={t("users.enable.title", { name })}
            confirm={t("users.enable.confirm")}
            {...{ cancel, fields: { intent: "enable" } }}
          >
            {t("users.enable.text")}
          </ConfirmButton>
        ) : self ? (
          <p className="text-text-muted">{t("users.self")}</p>
        ) : (
          <ConfirmButton
            danger
            label={<Label icon={<UserX size={16} />} text={t("users.disable")} />}
            title={t("users.disable.title", { name })}
            confirm={t("users.disable.confirm")}
            {...{ cancel, fields: { intent: "disable" } }}
          >
            {t("users.disable.text", { chats: activeChats })}
          </ConfirmButton>
        )}
      </div>
    </section>
  );
}

function Label({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <>
      <span aria-hidden="true">{icon}</span>
      {text}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-muted">{label}</dt>
      <dd className="min-w-0 text-end">{children}</dd>
    </>
  );
}
