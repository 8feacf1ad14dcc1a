import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { NotFound } from "~/chat/errors";
import { parse } from "~/chat/parse";
import { Banner } from "~/components/banner";
import { Button, buttonClass } from "~/components/button";
import { PasswordField } from "~/components/password-field";
import { SiteHeader } from "~/components/site-header";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { sayFrom } from "~/messages/text";
import { accountOfReset, resetInput, resetPassword } from "~/people/reset-password.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "./refusal.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const texts = staffTextsFor(request);
  try {
    const { name, username } = await accountOfReset(params.token ?? "");
    return data({ texts, account: { name, username } });
  } catch (error) {
    if (error instanceof NotFound) return data({ texts, account: null }, { status: 404 });
    throw error;
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  try {
    const { password } = parse(resetInput, await formFields(request));
    await resetPassword(params.token ?? "", password, context.clientIp);
    return redirect("/login?reset", 303);
  } catch (error) {
    return refusalResponse(error, {}, request);
  }
}

// The address is a secret: nothing keeps it, and no other site hears of it.
export const headers: HeadersFunction = () => ({
  "Cache-Control": "private, no-store",
  "Referrer-Policy": "no-referrer",
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.texts["reset.title"] ?? "New password"} · HeraDesk` },
  { name: "robots", content: "noindex" },
];

/** Where somebody chooses a password, with a link that an admin gave them. */
export default function ResetPage() {
  const { texts, account } = useLoaderData<typeof loader>();
  const t = sayFrom(texts);
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const known = refusal && Object.keys(refusal.fields).length > 0;
  return (
    <div className="feathers flex min-h-[100dvh] flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-md flex-1 px-4 pb-16 pt-4 outline-none sm:pt-12">
        <div className="card p-6 sm:p-8">
          <h1 className="text-2xl font-semibold tracking-tight">{t(account ? "reset.title" : "reset.over")}</h1>
          {account && <p className="break-anywhere mt-1 text-text-muted">{t("reset.text", { name: account.name })}</p>}
          {account ? (
            <Form method="post" replace className="mt-6 flex flex-col gap-5">
              <FormToken />
              {refusal && !known && <Banner tone="refused">{refusal.message}</Banner>}
              <input type="hidden" name="username" autoComplete="username" value={account.username} readOnly />
              {(["password", "again"] as const).map((name) => (
                <PasswordField
                  key={name}
                  name={name}
                  autoComplete="new-password"
                  label={t(`reset.${name}`)}
                  hint={name === "password" && !refusal?.fields.password ? t("reset.password.hint") : undefined}
                  error={refusal?.fields[name]}
                />
              ))}
              <Button look="primary" size="lg" aria-disabled={busy || undefined}>
                {t("reset.submit")}
              </Button>
            </Form>
          ) : (
            <>
              <p className="mt-2 text-text-muted">{t("reset.over.text")}</p>
              <Link to="/login" className={`${buttonClass({ look: "primary" })} mt-6`}>
                {t("reset.signIn")}
              </Link>
            </>
          )}
        </div>
      </main>
    </div>
  );
}
