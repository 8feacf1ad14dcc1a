import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import Download from "lucide-react/icons/download";
import Trash2 from "lucide-react/icons/trash-2";
import type { ReactNode } from "react";
import { requireAdmin } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { Banner } from "~/components/banner";
import { buttonClass } from "~/components/button";
import { ConfirmButton } from "~/components/confirm-button";
import { PageHead } from "~/components/page-head";
import { DateTime } from "~/components/time";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { eraseVisitor, visitorOfChat } from "~/people/visitor-data.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "../refusal.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const chatId = params.id ?? "";
  try {
    return { ...(await visitorOfChat(admin, chatId)), chatId, title: staffTextsFor(request)["customer.title"] };
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  const fields = await formFields(request);
  try {
    await eraseVisitor(admin, params.id ?? "");
    return redirect("/admin/chats", 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Customer"} · HeraDesk` }];

/** A customer's data: how much there is, all of it as a file, and the end of it. */
export default function CustomerPage() {
  const t = useStaffText();
  const { visitor, counts, chatId } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const name = visitor.name ?? t("customer.title");
  return (
    <div className="max-w-2xl">
      <Link to={`/admin/chats/${chatId}`} className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mb-2`}>
        <ArrowLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
        {t("nav.chats")}
      </Link>
      <PageHead title={name} intro={t("customer.intro")} />
      {refusal && <Banner tone="refused">{refusal.message}</Banner>}
      <section className="card p-5">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
          <Fact label={t("customer.chats")}>{counts.chats}</Fact>
          <Fact label={t("customer.messages")}>{counts.messages}</Fact>
          <Fact label={t("customer.files")}>{counts.files}</Fact>
          <Fact label={t("customer.since")}>
            <DateTime iso={visitor.createdAt} />
          </Fact>
          {visitor.email && <Fact label={t("customer.email")}>{visitor.email}</Fact>}
        </dl>
        <div className="mt-5 flex flex-wrap gap-2 border-t border-line pt-5">
          <a href={`/admin/chats/${chatId}/customer.json`} download className={buttonClass({ size: "sm" })}>
            <Download size={16} aria-hidden="true" />
            {t("customer.download")}
          </a>
          <ConfirmButton
            danger
            label={
              <>
                <Trash2 size={16} aria-hidden="true" />
                {t("customer.erase")}
              </>
            }
            title={t("customer.erase.title", { name })}
            confirm={t("customer.erase.confirm")}
            cancel={t("users.cancel")}
            fields={{ intent: "erase" }}
          >
            {t("customer.erase.text", { ...counts })}
          </ConfirmButton>
        </div>
      </section>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-text-muted">{label}</dt>
      <dd className="break-anywhere mt-0.5 font-medium tabular-nums">{children}</dd>
    </div>
  );
}
