import { Form, type FormProps } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { listSearch, useListName } from "./list-name";

interface Props extends Omit<FormProps, "method" | "action"> {
  chatId: string;
  intent: "accept" | "resolve";
}

/** A form that does one thing to one chat; its answer is that chat's page. */
export function ChatForm({ chatId, intent, children, ...form }: Props) {
  const list = useListName();
  return (
    <Form method="post" action={`/cs/chats/${chatId}${listSearch(intent === "accept" ? "mine" : list)}`} {...form}>
      <FormToken />
      <input type="hidden" name="intent" value={intent} />
      {children}
    </Form>
  );
}
