import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { stepCookie } from "~/auth/cookies.server";
import { FormToken } from "~/auth/form-token";
import { finishSignIn, homeOf, safeRedirect } from "~/auth/login.server";
import { codeInput } from "~/auth/second-factor.server";
import { readStep } from "~/auth/sign-in-step.server";
import { Button } from "~/components/button";
import { Field } from "~/components/field";
import { SiteHeader } from "~/components/site-header";
import { useText } from "~/messages/text";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "./refusal.server";

const stepOf = (request: Request) => stepCookie.read(request.headers.get("Cookie"));

export async function loader({ request }: LoaderFunctionArgs) {
  if ((await readStep(stepOf(request))) === null) throw redirect("/login");
  return { redirectTo: new URL(request.url).searchParams.get("redirectTo") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = await formFields(request);
  if ((await readStep(stepOf(request))) === null) throw redirect("/login", 303);
  try {
    const from = { ip: context.clientIp, userAgent: request.headers.get("User-Agent") };
    const { user, cookies } = await finishSignIn(
      stepOf(request),
      codeInput.parse(fields).code,
      from,
      request.headers.get("Cookie"),
    );
    const headers = [...cookies, stepCookie.clear()].map((cookie): [string, string] => ["Set-Cookie", cookie]);
    return redirect(safeRedirect(fields.redirectTo, homeOf(user)), { status: 303, headers });
  } catch (error) {
    return refusalResponse(error, {}, request);
  }
}

export const meta: MetaFunction = () => [{ title: "Sign in · HeraDesk" }, { name: "robots", content: "noindex" }];

/** After the password: the second factor. */
export default function LoginCode() {
  const t = useText();
  const { redirectTo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="feathers flex min-h-[100dvh] flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-md flex-1 px-4 pb-16 pt-4 outline-none sm:pt-12">
        <div className="card p-6 sm:p-8">
          <h1 className="text-2xl font-semibold tracking-tight">{t("login.code.title")}</h1>
          <p className="mt-1 text-text-muted">{t("login.code.text")}</p>
          <Form method="post" replace className="mt-6 flex flex-col gap-5">
            <FormToken />
            {redirectTo && <input type="hidden" name="redirectTo" value={redirectTo} />}
            <Field
              label={t("login.code.label")}
              hint={t("login.code.hint")}
              name="code"
              required
              autoFocus
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              error={answer && (answer.fields.code ?? answer.message)}
            />
            <Button look="primary" size="lg" aria-disabled={busy || undefined}>
              {t(busy ? "login.busy" : "login.submit")}
            </Button>
          </Form>
        </div>
        <p className="mt-6 text-center text-sm text-text-muted">
          <Link to="/login" className="rounded underline underline-offset-2 hover:text-text">
            {t("login.code.back")}
          </Link>
        </p>
      </main>
    </div>
  );
}
