import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/auth/require.server";
import { beginEnrolment, mustEnrol, secondFactorOf } from "~/auth/second-factor.server";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { buttonClass } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { answerIntent } from "./actions.server";
import { EnrolForm } from "./enrol-form";
import { ManageForms } from "./manage-forms";
import { qrCode } from "./qr-code.server";
import { RecoveryCodes } from "./recovery-codes";

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const title = staffTextsFor(request)["factor.title"];
  const [factor, required] = await Promise.all([secondFactorOf(staff.userId), mustEnrol(staff)]);
  if (factor.enrolledAt) return { title, factor, required, enrolment: null };
  const { uri, secret } = await beginEnrolment(staff);
  return { title, factor, required, enrolment: { secret, qr: qrCode(uri) } };
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(await requireStaff(request), request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Second factor"} · HeraDesk` },
];

/** Setting up an authenticator app, and what comes after. */
export default function SecondFactorPage() {
  const t = useStaffText();
  const { factor, enrolment, required } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.ok === false ? answer : undefined;
  if (answer?.ok) return <RecoveryCodes codes={answer.codes} />;
  return (
    <>
      <Link to="/account" className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mb-2`}>
        <ArrowLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
        {t("account.title")}
      </Link>
      <PageHead title={t("factor.title")} intro={t("factor.intro")} />
      {required && (
        <p role="status" className="mb-5 rounded bg-waiting-soft px-4 py-2.5 font-medium">
          {t("factor.required")}
        </p>
      )}
      {enrolment ? (
        <EnrolForm enrolment={enrolment} refusal={refusal} />
      ) : (
        <ManageForms factor={factor} refusal={refusal} />
      )}
    </>
  );
}
