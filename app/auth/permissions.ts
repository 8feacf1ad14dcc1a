/**
 * Who may come in where: everybody; a customer, once they have begun a chat; a customer or the staff; agents and admins;
 * admins alone. Whose chat, file or reply it is, the verbs decide in their SQL. What has no row here is open to nobody,
 * and tests/permissions.test.ts names it.
 */
export type Who = "anyone" | "customer" | "party" | "staff" | "admin";

type Door = "customer" | "cs" | "admin";

/** Pages, forms and calls by their pattern; reading and acting alike, layouts and what is in them alike. */
export const ROUTES: Readonly<Record<string, Who>> = {
  "/": "anyone",
  "/*": "anyone",
  "/chat/log": "customer",
  "/chats/:id": "customer",
  "/chats/:id.txt": "customer",
  "/language": "anyone",
  "/login": "anyone",
  "/login/code": "anyone",
  "/logout": "anyone",
  "/pictures/:id": "anyone",
  "/reset/:token": "anyone",
  "/theme": "anyone",
  "/account": "staff",
  "/account/second-factor": "staff",
  "/cs": "staff",
  "/cs/canned": "staff",
  "/cs/chats/:id": "staff",
  "/cs/frame/chats/:id": "staff",
  "/cs/frame/list": "staff",
  "/cs/history": "staff",
  "/admin": "admin",
  "/admin/chats/:id": "admin",
  "/admin/settings": "admin",
  "/admin/users": "admin",
  "/admin/users/:id": "admin",
  "/admin/users/new": "admin",
  "/api/*": "anyone",
  "/api/auth/login": "anyone",
  "/api/auth/logout": "anyone",
  "/api/auth/me": "staff",
  "/api/auth/refresh": "anyone",
  "/api/chat/init": "anyone",
  "/api/chat/attachments": "customer",
  "/api/chat/attachments/:id": "customer",
  "/api/chat/messages": "customer",
  "/api/cs/attachments/:id": "staff",
  "/api/cs/canned-responses": "staff",
  "/api/cs/chats": "staff",
  "/api/cs/chats/:id": "staff",
  "/api/cs/chats/:id/accept": "staff",
  "/api/cs/chats/:id/attachments": "staff",
  "/api/cs/chats/:id/messages": "staff",
  "/api/cs/chats/:id/requeue": "staff",
  "/api/cs/chats/:id/resolve": "staff",
  "/api/cs/chats/:id/transfer": "staff",
  "/api/cs/queue": "staff",
  "/api/cs/status": "staff",
  "/api/admin/chats/:id/assign": "admin",
  "/api/admin/settings": "admin",
  "/api/admin/users/:id/second-factor": "admin",
  "/api/admin/stats": "admin",
  "/api/admin/users": "admin",
  "/api/admin/users/:id": "admin",
  "/api/admin/users/:id/:verb": "admin",
};

/** Who may open a socket at a door. */
export const SOCKETS: Readonly<Record<Door, Who>> = { customer: "anyone", cs: "staff", admin: "admin" };

/** What may be said there. */
export const EVENTS: Readonly<Record<Door, Readonly<Record<string, Who>>>> = {
  customer: {
    "customer:start_chat": "anyone",
    "customer:send_message": "customer",
    "customer:typing": "customer",
    "customer:read": "customer",
    "customer:end_chat": "customer",
    "customer:edit_message": "customer",
    "customer:take_back_message": "customer",
    "customer:draft": "customer",
    "customer:rating": "customer",
    "chat:resume": "customer",
  },
  cs: {
    "cs:set_status": "staff",
    "cs:send_message": "staff",
    "cs:accept_chat": "staff",
    "cs:resolve_chat": "staff",
    "cs:transfer_chat": "staff",
    "cs:note": "staff",
    "cs:edit_message": "staff",
    "cs:take_back_message": "staff",
    "cs:draft": "staff",
    "cs:requeue_chat": "staff",
    "cs:activity": "staff",
    "cs:typing": "staff",
    "cs:read": "staff",
    "cs:viewing": "staff",
    "chat:resume": "staff",
  },
  admin: {
    "admin:subscribe_stats": "admin",
    "admin:force_assign": "admin",
    "chat:resume": "admin",
  },
};
