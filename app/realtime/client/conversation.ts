import type { Message } from "~/chat/shapes";
import type { Attachment } from "~/files/shapes";
import { applyChanges } from "./apply-changes";
import type { Conversation, ConversationOptions, ConversationSnapshot } from "./conversation-shape";
import { keepDraft } from "./draft";
import { followChat } from "./follow";
import { mergeMessages } from "./merge-messages";
import { openOutbox } from "./outbox";
import type { PendingMessage } from "./shelf";
import { markReads } from "./read-marker";
import { changeBy, reactions, type Heard } from "./reactions";
import { browserStorage } from "./storage";
import { createStore } from "./store";
import { hearTyping, tellTyping } from "./typing";
import { connected } from "./when-connected";

export type * from "./conversation-shape";

interface Ack {
  messageId: string;
  seq: number;
  createdAt: string;
}

export function openConversation(options: ConversationOptions): Conversation {
  const { socket, side, sessionId, chat, storage = browserStorage() } = options;
  const name = [side, options.owner, sessionId].filter((part) => part !== undefined).join(":");
  const peer = side === "cs" ? "customer" : "cs";
  const isOver = chat?.status === "resolved" || chat?.status === "abandoned";
  const store = createStore<ConversationSnapshot>({
    messages: [],
    pending: [],
    connection: socket.state,
    peerTyping: false,
    peerPreview: "",
    peerReadSeq: options.peerReadSeq ?? 0,
    peerPresent: true,
    status: chat?.status ?? null,
    agent: chat?.agent ?? null,
    agentAway: chat?.agentAway ?? false,
    position: chat?.position ?? null,
    estimate: chat?.estimate ?? null,
    online: null,
    ended: isOver ? { reason: chat.endReason ?? null } : null,
  });
  const ownTyping = tellTyping(
    (isTyping, preview) => socket.notify(`${side}:typing`, { sessionId, isTyping, preview }),
    socket.timings,
  );
  const peerTyping = hearTyping(
    (isTyping, preview) => store.set({ peerTyping: isTyping, peerPreview: preview }),
    socket.timings,
  );
  const reads = markReads(socket, `${side}:read`, sessionId);
  const outbox = openOutbox<Ack>({
    key: `heradesk:outbox:${name}`,
    storage,
    timings: socket.timings,
    canSend: () => connected(socket),
    send: ({ clientId, content, kind, expectedSeq, attachments }) =>
      kind === "note"
        ? socket.request("cs:note", { sessionId, clientId, content })
        : socket.request(`${side}:send_message`, {
            sessionId,
            clientId,
            content,
            expectedSeq,
            attachmentIds: attachments?.map(({ id }) => id),
          }),
    onSent: (message, ack) => merge([stored(message, ack)], false),
    onChange: () => store.set({ pending: outbox.pending() }),
  });
  const draft = keepDraft({
    socket,
    event: `${side}:draft`,
    sessionId,
    storage,
    key: `heradesk:draft:${name}`,
    onServer: options.draft ?? "",
  });
  /** The log as it was written; the snapshot shows it with its changes applied. */
  let log: Message[] = [];
  /** Rows up to here have had their say on status and agent; the page's own knowledge is newer than its rows. */
  let judged = chat ? newest(options.messages) : 0;
  merge(options.messages, true);

  /** `seen`: as the server shows them, which is better than what we make of an acknowledgement. */
  function merge(rows: Message[], seen: boolean, fresh = false): void {
    const now = store.getSnapshot();
    if (fresh) log = [];
    const news = seen ? rows : rows.filter(({ seq }) => !log.some((message) => message.seq === seq));
    const unjudged = seen ? rows.filter(({ seq }) => seq > judged) : [];
    judged = Math.max(judged, newest(unjudged));
    for (const { senderType, clientId } of rows) if (senderType === side && clientId) outbox.settle(clientId);
    log = mergeMessages(log, news);
    store.set({ messages: applyChanges(log), pending: outbox.pending(), ...changeBy(now, unjudged) });
    if (unjudged.some(({ senderType }) => senderType === peer)) peerTyping.hear(false);
  }

  function stored({ clientId, content, kind, at, attachments = [] }: PendingMessage, ack: Ack): Message {
    return {
      id: ack.messageId,
      seq: ack.seq,
      clientId,
      senderType: side,
      senderId: null,
      senderName: null,
      messageType: typeOf(attachments),
      content,
      attachments,
      createdAt: ack.createdAt ?? at,
      ...(kind === "note" && { note: true }),
    };
  }

  const stops = [
    followChat({
      socket,
      sessionId,
      after: newest(options.messages),
      deliver: (rows, fresh) => merge(rows, true, fresh),
    }),
    socket.onState((connection) => {
      store.set({ connection });
      outbox.wake();
    }),
    ...Object.entries(reactions).map(([event, react]) =>
      socket.on(event, (data: Heard) => {
        if (data?.sessionId === sessionId && data.side !== side) store.set(react(data, store.getSnapshot()));
      }),
    ),
    socket.on(`chat:${peer}_typing`, (data: Heard) => {
      if (data?.sessionId === sessionId) peerTyping.hear(data.isTyping === true, data.preview);
    }),
  ];
  outbox.wake();

  return {
    sessionId,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    send(text, expectedSeq, attachments = []) {
      outbox.add(text, { expectedSeq, ...(attachments.length > 0 && { attachments }) });
      draft.drop();
      ownTyping.set(false);
    },
    note(text) {
      outbox.add(text, { kind: "note" });
      draft.drop();
      ownTyping.set(false);
    },
    edit: (seq, content) => socket.request(`${side}:edit_message`, { sessionId, seq, content }),
    takeBack: (seq) => socket.request(`${side}:take_back_message`, { sessionId, seq }),
    retry: outbox.retry,
    discard: outbox.discard,
    setTyping: ownTyping.set,
    markRead(seq) {
      reads.mark(seq);
      options.onRead?.(seq);
    },
    add: (messages) => merge(messages, true),
    get draft() {
      return draft.get();
    },
    set draft(text) {
      draft.set(text);
    },
    close() {
      for (const stop of stops) stop();
      outbox.close();
      reads.stop();
      draft.stop();
      ownTyping.stop();
      peerTyping.stop();
    },
  };
}

function newest(rows: Message[]): number {
  return rows.reduce((seq, row) => Math.max(seq, row.seq), 0);
}

function typeOf(attachments: Attachment[]): Message["messageType"] {
  if (attachments.length === 0) return "text";
  return attachments.every(({ width }) => width !== null) ? "image" : "file";
}
