import { Form } from "@remix-run/react";
import Star from "lucide-react/icons/star";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { useText } from "~/messages/text";
import { useAnswer } from "./use-answer";

const STARS = [1, 2, 3, 4, 5] as const;

/** Five radio buttons that look like stars, and a comment that appears once one is chosen. */
export function RatingForm({ sessionId }: { sessionId: string }) {
  const t = useText();
  const { kept, message, fields } = useAnswer("rate");
  const problem = fields.rating ?? message;
  return (
    <Form method="post" action="/?index" replace preventScrollReset className="rating flex flex-col gap-3">
      <FormToken />
      <input type="hidden" name="sessionId" value={sessionId} />
      <fieldset aria-describedby={problem ? "rating-error" : undefined}>
        <legend className="font-medium">{t("rate.heading")}</legend>
        <div className="stars -ms-2 mt-1 flex">
          {STARS.map((stars) => (
            <label key={stars} title={t(`rate.${stars}`)} className="star">
              <input
                type="radio"
                name="rating"
                value={stars}
                required
                defaultChecked={kept.rating === String(stars)}
                className="sr-only"
              />
              <Star size={26} aria-hidden="true" />
              <span className="sr-only">{t(`rate.${stars}`)}</span>
            </label>
          ))}
        </div>
        {problem && (
          <p id="rating-error" role="alert" className="text-sm font-medium text-danger">
            {problem}
          </p>
        )}
      </fieldset>
      <div className="rating-more flex flex-col gap-3">
        <TextField
          label={t("rate.comment")}
          name="feedback"
          rows={2}
          maxLength={2_000}
          defaultValue={kept.feedback}
          error={fields.feedback}
        />
        <Button name="intent" value="rate" look="primary" size="lg" className="self-start">
          {t("rate.send")}
        </Button>
      </div>
    </Form>
  );
}
