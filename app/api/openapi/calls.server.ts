import type { z } from "zod";
import { activityFilter } from "~/activity/list-activity.server";
import { loginInput } from "~/auth/login.server";
import { historyInput } from "~/chat/history.server";
import { readInput } from "~/chat/mark-read.server";
import { sendInput } from "~/chat/send-message.server";
import { startInput } from "~/chat/start-chat.server";
import { transferInput } from "~/chat/transfer-chat.server";
import { userFilter } from "~/people/list-users.server";
import { statusInput } from "~/people/status.server";
import { userInput } from "~/people/user-input.server";
import { chatFilter } from "~/reports/chat-filter.server";
import { findInput } from "~/reports/find-chats.server";
import { trendsInput } from "~/reports/trends.server";
import { settingsInput } from "~/settings/settings.server";

export interface Call {
  /** What it does, in a line. */
  says: string;
  /** Whose call it is. */
  who: "anyone" | "customer" | "staff" | "admin";
  /** The JSON body. */
  body?: z.ZodType;
  /** What stands behind the question mark. */
  query?: z.ZodObject;
  /** Names of what the answer has beside `success`. */
  gives?: string[];
  /** When it is not 200. */
  status?: number;
  /** Of an answer or a body that is not JSON. */
  type?: string;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Every HTTP call, by its route: what is written here is what /api/openapi.json and /api/docs say. */
export const CALLS: Readonly<Record<string, Partial<Record<Method, Call>>>> = {
  "/api/health": {
    GET: {
      says: "Whether this copy serves; 503 when not",
      who: "anyone",
      gives: ["status", "timestamp", "version", "database", "listener"],
    },
  },
  "/api/openapi.json": { GET: { says: "This description", who: "anyone" } },
  "/api/docs": { GET: { says: "This description, to be read", who: "anyone", type: "text/html" } },
  "/api/auth/login": {
    POST: { says: "Signs in, and sets the cookies", who: "anyone", body: loginInput, gives: ["token", "user"] },
  },
  "/api/auth/refresh": {
    POST: { says: "A new pair of tokens for the refresh cookie", who: "anyone", gives: ["token", "user"] },
  },
  "/api/auth/logout": { POST: { says: "Ends this sign-in", who: "anyone" } },
  "/api/auth/me": { GET: { says: "Who am I", who: "staff", gives: ["user"] } },
  "/api/chat/init": {
    POST: {
      says: "Starts a chat, and sets the customer's cookie",
      who: "anyone",
      body: startInput,
      status: 201,
      gives: ["sessionId", "customerToken", "status", "position"],
    },
  },
  "/api/chat/messages": {
    GET: {
      says: "Messages after a seq (`after`), or before one; `wait=25` waits for something",
      who: "customer",
      gives: ["sessionId", "messages", "lastSeq"],
    },
    POST: {
      says: "Sends a message; 200 when it was stored before under this clientId",
      who: "customer",
      body: sendInput,
      status: 201,
      gives: ["sessionId", "message"],
    },
  },
  "/api/chat/read": { POST: { says: "How far the customer has read", who: "customer", body: readInput } },
  "/api/chat/attachments": {
    POST: {
      says: "Uploads a file for the open chat",
      who: "customer",
      type: "multipart/form-data",
      status: 201,
      gives: ["attachment"],
    },
  },
  "/api/chat/attachments/:id": { DELETE: { says: "Takes a file back that was not sent yet", who: "customer" } },
  "/api/cs/status": {
    GET: { says: "The agent's status and load", who: "staff", gives: ["status", "away", "activeChats", "maxChats"] },
    POST: {
      says: "Chooses the status",
      who: "staff",
      body: statusInput,
      gives: ["status", "away", "activeChats", "maxChats"],
    },
  },
  "/api/cs/chats": { GET: { says: "The agent's open chats", who: "staff", gives: ["chats"] } },
  "/api/cs/chats/:id": { GET: { says: "One chat", who: "staff", gives: ["chat"] } },
  "/api/cs/chats/:id/accept": {
    POST: { says: "Takes a chat from the queue; 409 when somebody else was first", who: "staff", gives: ["chat"] },
  },
  "/api/cs/chats/:id/resolve": { POST: { says: "Ends a chat", who: "staff" } },
  "/api/cs/chats/:id/read": {
    POST: { says: "How far the agent has read", who: "staff", body: readInput.omit({ sessionId: true }) },
  },
  "/api/cs/chats/:id/requeue": { POST: { says: "Gives a chat back to the queue", who: "staff" } },
  "/api/cs/chats/:id/transfer": {
    POST: { says: "Hands a chat to a colleague", who: "staff", body: transferInput.omit({ sessionId: true }) },
  },
  "/api/cs/chats/:id/messages": {
    GET: {
      says: "Messages after a seq (`after`), or before one; `wait=25` waits for something",
      who: "staff",
      gives: ["sessionId", "messages", "lastSeq"],
    },
    POST: {
      says: "Sends a message; with `note: true` one that only colleagues see",
      who: "staff",
      body: sendInput,
      status: 201,
      gives: ["sessionId", "message"],
    },
  },
  "/api/cs/chats/:id/attachments": {
    POST: {
      says: "Uploads a file for a chat",
      who: "staff",
      type: "multipart/form-data",
      status: 201,
      gives: ["attachment"],
    },
  },
  "/api/cs/attachments/:id": { DELETE: { says: "Takes a file back that was not sent yet", who: "staff" } },
  "/api/cs/queue": { GET: { says: "Everybody who waits, first come first", who: "staff", gives: ["queue"] } },
  "/api/cs/history": {
    GET: { says: "The agent's ended chats, newest first", who: "staff", query: historyInput, gives: ["chats", "more"] },
  },
  "/api/cs/canned-responses": {
    GET: { says: "The agent's replies and the team's", who: "staff", gives: ["cannedResponses"] },
    POST: { says: "`used`: the id of a reply that was used", who: "staff" },
  },
  "/api/admin/stats": {
    GET: {
      says: "The live board; with a `range`, figures over days as well",
      who: "admin",
      query: trendsInput,
      gives: ["stats", "trends"],
    },
  },
  "/api/admin/chats": {
    GET: {
      says: "All chats that fit, newest first, in pages: `older` and `newer` are the next `before` and `after`",
      who: "admin",
      query: findInput,
      gives: ["chats", "older", "newer"],
    },
  },
  "/api/admin/chats.csv": {
    GET: { says: "All chats that fit, as a file of any length", who: "admin", query: chatFilter, type: "text/csv" },
  },
  "/api/admin/chats.json": {
    GET: { says: "All chats that fit, as one array of any length", who: "admin", query: chatFilter },
  },
  "/api/admin/chats/:id": {
    GET: {
      says: "One chat, its first messages, and why it went to whom",
      who: "admin",
      gives: ["chat", "messages", "assignments"],
    },
  },
  "/api/admin/chats/:id/assign": { POST: { says: "Gives an open chat to the agent `csId`", who: "admin" } },
  "/api/admin/chats/:id/customer": {
    GET: { says: "Everything of the customer who had this chat", who: "admin", gives: ["visitor", "chats"] },
    DELETE: { says: "Erases that customer with every chat, message and file", who: "admin", gives: ["erased"] },
  },
  "/api/admin/settings": {
    GET: { says: "The settings in force", who: "admin", gives: ["settings"] },
    POST: { says: "Changes those that are named", who: "admin", body: settingsInput.partial(), gives: ["settings"] },
  },
  "/api/admin/users": {
    GET: {
      says: "Everybody who works here, in pages",
      who: "admin",
      query: userFilter,
      gives: ["users", "total", "pages"],
    },
    POST: { says: "Adds somebody", who: "admin", body: userInput, status: 201, gives: ["user"] },
  },
  "/api/admin/users/:id": {
    GET: { says: "Somebody who works here", who: "admin", gives: ["user"] },
    PATCH: { says: "Changes somebody", who: "admin", body: userInput.partial(), gives: ["user"] },
    POST: { says: "The same as PATCH", who: "admin", body: userInput.partial(), gives: ["user"] },
  },
  "/api/admin/users/:id/:verb": {
    POST: { says: "`disable`, `enable`, `reset-password` or `end-sessions`", who: "admin" },
  },
  "/api/admin/users/:id/second-factor": {
    DELETE: { says: "Takes somebody's second factor away, when it is lost", who: "admin" },
  },
  "/api/admin/canned-responses": {
    GET: { says: "The team's replies", who: "admin" },
    POST: { says: "Adds a reply for the team", who: "admin", status: 201 },
  },
  "/api/admin/canned-responses/:id": {
    PATCH: { says: "Changes a reply of the team", who: "admin" },
    DELETE: { says: "Deletes a reply of the team", who: "admin" },
  },
  "/api/admin/canned-responses/import": { POST: { says: "Reads replies from a CSV", who: "admin" } },
  "/api/admin/labels": {
    GET: { says: "All labels", who: "admin" },
    POST: { says: "Makes a label", who: "admin", status: 201 },
  },
  "/api/admin/labels/:id": {
    PATCH: { says: "Changes a label", who: "admin" },
    POST: { says: "`into`: merges a label into another", who: "admin", gives: ["chats"] },
    DELETE: { says: "Deletes a label", who: "admin" },
  },
  "/api/admin/logs": { GET: { says: "Who changed what, newest first", who: "admin", query: activityFilter } },
  "/api/admin/logs/verify": {
    POST: { says: "Walks the chain of the log, and names the first broken row", who: "admin" },
  },
};
